"""Training: the same from the same, fair in its trials, with however few examples."""

from __future__ import annotations

import pickle

import pytest

from frontdesk.answers.understanding.features import ALIKE_LENGTHS, Vocabulary, features_of
from frontdesk.answers.understanding.folds import FOLDS, folds_of
from frontdesk.answers.understanding.matrix import matrix_of
from frontdesk.answers.understanding.training import Trained, examples_of, train
from frontdesk.kernel.flows.intent_checks import EXAMPLES_MAX
from frontdesk.kernel.flows.resources import Intent
from tests.support.intents import BALANCE, ORDER, SMALL


@pytest.fixture(scope="module")
def trained() -> Trained:
    found = train(SMALL)
    assert found is not None
    return found


def test_the_same_examples_give_the_same_model(trained: Trained) -> None:
    again = train(SMALL)
    assert again is not None
    assert pickle.dumps(again.model) == pickle.dumps(trained.model)


@pytest.mark.parametrize(
    ("text", "intent_id"),
    [
        ("gde moya posylka??", "order"),
        ("unde e coletul", "order"),
        ("wheres my oder", "order"),
        ("pana cand e deschis", "hours"),
        ("operatorul va rog", "person"),
        ("balans", "balance"),
        ("ОСТАТОК НА СЧЕТЕ", "balance"),
    ],
)
def test_new_wordings_with_dirt_are_understood(trained: Trained, text: str, intent_id: str) -> None:
    assert trained.model.rank(text)[0][0] == intent_id


def test_every_example_is_tried_once_on_what_it_was_not_shown(trained: Trained) -> None:
    tried = sorted(trial.example for trial in trained.trials)
    assert tried == sorted(examples_of(SMALL))


def test_a_language_that_no_example_is_in_is_understood_through_the_others() -> None:
    english = [Intent(intent_id=i.intent_id, name=i.name, examples=i.examples[:3]) for i in SMALL]
    found = train(english)
    assert found is not None
    assert found.model.rank("где моя посылка")[0][0] == "order"
    assert found.model.rank("soldul contului")[0][0] == "balance"


def test_twins_and_translations_are_in_one_fold() -> None:
    texts = ["where is my order", "Where is my order?", "где мой заказ", "zzz qqq", "track it"]
    known = [features_of(example.text) for example in examples_of(SMALL)]
    vectors = matrix_of(Vocabulary(known, ALIKE_LENGTHS), map(features_of, texts))
    folds = folds_of(vectors, [0] * 5).tolist()
    assert folds[0] == folds[1] == folds[2]
    assert len(set(folds)) > 1
    assert set(folds) <= set(range(FOLDS))


def test_no_example_no_model() -> None:
    assert train([]) is None
    assert train([Intent(intent_id="a", name="A"), Intent(intent_id="b", name="B")]) is None
    assert train([Intent(intent_id="a", name="A", examples=("", "  ", "…"))]) is None


def test_single_examples_are_learnt_from_without_a_trial() -> None:
    one = Intent(intent_id="pizza", name="Pizza", examples=("a pizza with anchovies",))
    found = train([one, BALANCE, ORDER])
    assert found is not None
    assert found.model.rank("pizza with anchovies")[0][0] == "pizza"
    assert "pizza" not in {trial.example.intent_id for trial in found.trials}


def test_an_intent_has_a_greatest_number_of_examples_each_once() -> None:
    many = tuple(f"word{number:x}q".translate(_LETTERS) for number in range(EXAMPLES_MAX + 50))
    intent = Intent(intent_id="many", name="Many", examples=many + many)
    texts = [example.text for example in examples_of([intent])]
    assert len(texts) == len(set(texts)) <= EXAMPLES_MAX
    assert texts[0] == many[0]


_LETTERS = str.maketrans("0123456789abcdef", "klmnoprtuvaebdgh")
