"""The ready flows as customers meet them, told turn by turn."""

from __future__ import annotations

import pytest

from frontdesk.answers.understanding.intents import starter_intents
from frontdesk.answers.understanding.training import train
from tests.kernel.flows.stories_of_questions import STORIES as OF_QUESTIONS
from tests.kernel.flows.storyteller import INTENT_IDS, Story, Teller, Understand

STORIES = (*OF_QUESTIONS,)


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
