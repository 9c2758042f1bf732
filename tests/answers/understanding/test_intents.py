"""Intents in files, and the set to start from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from bench.understanding import load_held_out, load_out_of_scope
from frontdesk.answers.understanding.features import Vocabulary, features_of
from frontdesk.answers.understanding.intents import (
    IntentFileError,
    background_examples,
    read_intents,
    starter_intents,
)
from frontdesk.answers.understanding.matrix import matrix_of
from tests.support.intents import SMALL

LANGUAGES = ("en", "ru", "ro")


def test_the_starter_set_has_examples_enough_in_three_languages() -> None:
    path = Path(read_intents.__code__.co_filename).parent / "data" / "intents.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    assert len(listed) >= 20
    for intent_id, intent in listed.items():
        for language in LANGUAGES:
            assert len(intent["examples"][language]) >= 12, (intent_id, language)


def test_what_is_held_out_is_nowhere_learnt_from() -> None:
    learnt = [example for intent in starter_intents() for example in intent.examples]
    learnt += background_examples()
    held = [text for text, _, _ in load_held_out()] + load_out_of_scope()
    texts = [features_of(text) for text in [*learnt, *held]]
    vectors = matrix_of(Vocabulary(texts), texts)
    alike = (vectors[len(learnt) :] @ vectors[: len(learnt)].T).toarray()
    near = [
        (text, learnt[row.argmax()])
        for text, row in zip(held, alike, strict=True)
        if row.max() > 0.8
    ]
    assert near == []


def test_a_json_file_is_what_the_api_gives(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(msgspec.json.encode({"items": SMALL}))
    assert read_intents(path) == SMALL


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.toml", "[balance\n", "Expected"),
        ("a.toml", "[balance]\nname = 7\nexamples.en = []", "str"),
        ("a.toml", '[balance]\nname = "B"\nexample.en = []', "example`"),
        ("a.json", "{}", "items"),
        ("a.json", "{", "truncated"),
        ("a.txt", "hello", "toml"),
    ],
)
def test_a_file_without_intents_is_refused_by_name(
    tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(IntentFileError, match=complaint) as caught:
        read_intents(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntentFileError, match="No such file"):
        read_intents(tmp_path / "none.toml")
