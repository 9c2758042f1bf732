"""One flow through every channel there is: each puts it and answers it its own way, none strays.

Who plays the customer sees nothing but what the channel shows, and answers as one does there.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable

import pytest

import frontdesk.channels
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Author
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.settings import CentreSettings
from frontdesk.views.prompts.abilities import ABILITIES, Manner, find_abilities
from frontdesk.views.prompts.rendering import (
    InShortTexts,
    InWords,
    Rendered,
    WithButtons,
    render,
)
from frontdesk.views.prompts.sentences import sentences_in
from frontdesk.views.prompts.spoken import Spoken, is_whole, read_pressed
from tests.kernel.flows.stage import end, flow
from tests.kernel.scene import Scene, queue

FLOW = flow(
    doc.Say(node_id="hello", text={"en": "Good day.", "ru": "Здравствуйте."}, next="tongue"),
    doc.Ask(
        node_id="tongue",
        text={"en": "Which language?", "ru": "Какой язык?"},
        answer=doc.ChoiceAnswer(
            choices=(
                doc.Choice(value="en", label="English"),
                doc.Choice(value="ru", label="Русский"),
            )
        ),
        save_as="tongue",
        next="switch",
        no_match="end",
        no_answer="end",
    ),
    doc.ChangeLanguage(node_id="switch", language="tongue", next="menu"),
    doc.Ask(
        node_id="menu",
        text={"en": "What is it about?", "ru": "О чём вопрос?"},
        answer=doc.ChoiceAnswer(
            choices=(
                doc.Choice(value="bill", label={"en": "A bill", "ru": "Счёт"}, next="end"),
                doc.Choice(value="order", label={"en": "An order", "ru": "Заказ"}, key="5"),
                doc.Choice(value="other", label={"en": "Other", "ru": "Другое"}, next="end"),
            )
        ),
        next="number",
        no_match="end",
        no_answer="end",
    ),
    doc.Ask(
        node_id="number",
        text={"en": "Its number?", "ru": "Номер?"},
        answer=doc.DigitsAnswer(digits_min=3, digits_max=9),
        save_as="number",
        next="day",
        no_match="end",
        no_answer="end",
    ),
    doc.Ask(
        node_id="day",
        text={"en": "Of which day?", "ru": "От какого числа?"},
        answer=doc.DateAnswer(),
        save_as="day",
        next="sum",
        no_match="end",
        no_answer="end",
    ),
    doc.Ask(
        node_id="sum",
        text={"en": "How much was it?", "ru": "На какую сумму?"},
        answer=doc.AmountAnswer(minimum=0),
        save_as="sum",
        next="dear",
        no_match="end",
        no_answer="end",
    ),
    doc.Decide(
        node_id="dear",
        branches=(doc.Branch(when="sum > 1000.0", next="words"),),
        otherwise="end",
    ),
    doc.Ask(
        node_id="words",
        text={"en": "What happened?", "ru": "Что случилось?"},
        answer=doc.SpeechAnswer(),
        save_as="words",
        next="verdict",
        no_match="end",
        no_answer="end",
    ),
    doc.Survey(
        node_id="verdict",
        questions=(
            doc.Question(
                question_id="how",
                kind=doc.QuestionKind.NPS,
                text={"en": "Would you recommend us?", "ru": "Порекомендуете нас?"},
            ),
        ),
        next="sales",
    ),
    doc.EnterQueue(node_id="sales", queue_id="sales", show={"number": "Number"}),
    end(),
    languages=("en", "ru"),
)

WAY = [
    ("hello", "next"),
    ("tongue", "choice:ru"),
    ("switch", "next"),
    ("menu", "choice:order"),
    ("number", "next"),
    ("day", "next"),
    ("sum", "next"),
    ("dear", "branch:0"),
    ("words", "next"),
    ("verdict", "next"),
]
KEPT = {"number": "1042", "day": "2025-12-31", "sum": 1250.5, "words": "Не пришёл"}

Answer = tuple[str, str | None]
"""What reaches the flow: a text, and the value of what was clicked."""

Put = Callable[[Rendered, str], Answer]


def all_channels() -> set[str]:
    """Those with a folder of their own, and those that a centre has rules for."""
    folders = {module.name for module in pkgutil.iter_modules(frontdesk.channels.__path__)}
    return folders | {rule.channel for rule in CentreSettings().channels} | ABILITIES.keys()


# -- customers, by what their channel shows them


def click(shown: Rendered, wanted: str) -> Answer:
    assert isinstance(shown, WithButtons)
    button = next((each for each in shown.buttons if each.label == wanted), None)
    return (wanted, None) if button is None else (button.label, button.value)


def reply_by_number(shown: Rendered, wanted: str) -> Answer:
    assert isinstance(shown, InShortTexts)
    lines = [line for message in shown.texts for line in message.text.split("\n")]
    numbers = {label: number for number, _, label in (line.partition(": ") for line in lines)}
    return numbers.get(wanted, wanted), None


def reply_in_words(shown: Rendered, wanted: str) -> Answer:
    assert isinstance(shown, InWords)
    offered = re.findall("^- (.*)$", shown.text, re.MULTILINE)
    assert not offered or wanted in offered
    return (wanted if wanted == FREE else f"Good day,\nI think {wanted}.\nThanks"), None


TO_PRESS = {"31.12": "3112#", "1250,50": "1250*5#", "1042": "1042#"}


def press_keys(shown: Rendered, wanted: str) -> Answer:
    """Listens for the words, presses what goes with them, and says what no key gives."""
    assert isinstance(shown, Spoken)
    assert shown.asks
    if shown.keys is None:
        return wanted, None
    pressed = ""
    for key in hear_keys(shown, wanted):
        pressed += key
        if is_whole(shown.keys, pressed):
            break
    return read_pressed(shown.keys, pressed), None


def hear_keys(shown: Spoken, wanted: str) -> str:
    for said in shown.utterances:
        label, _, how = said.text.partition(": ")
        if label == wanted:
            words = {word: key for key, word in sentences_in(said.language).keys.items()}
            return next(words[word] for word in re.findall(r"\w+", how) if word in words)
    return TO_PRESS.get(wanted, wanted)


def say_words(shown: Rendered, wanted: str) -> Answer:
    """Says all of it, to somebody who understands speech."""
    assert isinstance(shown, Spoken)
    heard = " ".join(said.text for said in shown.utterances)
    assert wanted in heard or wanted not in ("Русский", "Заказ")
    return wanted, None


CUSTOMERS: dict[Manner, tuple[Put, ...]] = {
    Manner.BUTTONS: (click,),
    Manner.NUMBERS: (reply_by_number,),
    Manner.VOICE: (press_keys, say_words),
    Manner.WORDS: (reply_in_words,),
}
FREE = "Не пришёл"
WANTED = ("Русский", "Заказ", "1042", "31.12", "1250,50", FREE, "9")


class Meeting:
    """A customer meets the flow over a channel."""

    def __init__(self, channel: str) -> None:
        self.scene = Scene(queue(), FLOW)
        self.channel = channel
        self.language = ""
        self.shown: list[Rendered] = []
        self.way: list[tuple[str, str]] = []
        self.values: dict[str, object] = {}
        self.scores: list[int | None] = []
        self.queues: list[str] = []
        self.see(self.scene.does(cmd.OpenContact(channel, "", flow_id=FLOW.flow_id)))

    def answer(self, number: int, answer: Answer) -> None:
        text, choice = answer
        message = cmd.PostMessage(1, Author.CUSTOMER, f"m{number}", text, choice=choice)
        self.see(self.scene.does(message))

    def see(self, events: list[ev.AnyEvent]) -> None:
        for event in events:
            match event:
                case ev.FlowStarted(language=language) | ev.LanguageChanged(language=language):
                    self.language = language
                case ev.MessagePosted(author=Author.BOT, text=text, prompt=prompt):
                    abilities = find_abilities(self.channel)
                    self.shown.append(render(text, prompt, self.language, abilities))
                case ev.NodePassed():
                    self.way.append((event.node_id, event.exit))
                    self.values |= event.values
                case ev.SurveyAnswered(score=score):
                    self.scores.append(score)
                case ev.ContactQueued(queue_id=queue_id):
                    self.queues.append(queue_id)
                case _:
                    pass


def test_every_channel_has_abilities() -> None:
    assert all_channels() == ABILITIES.keys(), "say in abilities.py what the channel can do"


@pytest.mark.parametrize("channel", sorted(all_channels()))
def test_the_same_flow_takes_the_same_way_on_every_channel(channel: str) -> None:
    for put in CUSTOMERS[find_abilities(channel).manner]:
        meeting = Meeting(channel)
        for number, wanted in enumerate(WANTED):
            meeting.answer(number, put(meeting.shown[-1], wanted))
        assert meeting.way == WAY
        assert KEPT.items() <= meeting.values.items()
        assert (meeting.scores, meeting.queues) == ([9], ["sales"])
