"""The ready flows as customers meet them, told turn by turn."""

from __future__ import annotations

import pytest

from frontdesk.answers.understanding.intents import starter_intents
from frontdesk.answers.understanding.training import train
from frontdesk.kernel.flows.promises import MESSAGE_WAIT_MS
from tests.kernel.flows.stories_of_callbacks import STORIES as OF_CALLBACKS
from tests.kernel.flows.stories_of_people import STORIES as OF_PEOPLE
from tests.kernel.flows.stories_of_questions import STORIES as OF_QUESTIONS
from tests.kernel.flows.storyteller import INTENT_IDS, Story, Teller, Understand

STORIES = (*OF_QUESTIONS, *OF_PEOPLE, *OF_CALLBACKS)


@pytest.fixture(scope="module")
def understand() -> Understand:
    """The starter set's own examples of what the hot line knows."""
    trained = train([i for i in starter_intents() if i.intent_id in INTENT_IDS])
    assert trained is not None
    return trained.model.rank


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.flow}: {story.name}")
def test_the_customer_meets(story: Story, understand: Understand) -> None:
    turns, end = Teller(story, understand).tell()
    assert turns == list(story.turns)
    assert end == list(story.end)


def test_a_message_is_delivered_to_the_person_it_is_for(understand: Understand) -> None:
    (story,) = [story for story in STORIES if "gets the message" in story.name]
    teller = Teller(story, understand)
    teller.tell()
    scene = teller.scene
    (message,) = scene.state.contacts.values()
    assert scene.offered_to(message.contact_id) is None, "Ben is there, but it is for Ann"
    scene.available("ann")
    assert scene.offered_to(message.contact_id) == "ann"
    scene.accept(message.contact_id)
    assert message.attributes == {"Number": "069123456"}
    assert (message.channel, message.customer.name) == ("message", "Ion")


def test_a_message_for_somebody_who_does_not_come_is_not_lost(understand: Understand) -> None:
    (story,) = [story for story in STORIES if "gets the message" in story.name]
    teller = Teller(story, understand)
    teller.tell()
    (message,) = teller.scene.state.contacts.values()
    teller.scene.wait(MESSAGE_WAIT_MS)
    assert teller.scene.offered_to(message.contact_id) == "ben"
