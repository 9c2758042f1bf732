"""What is said in the demo fits the company it is said in."""

from __future__ import annotations

from random import Random

import pytest

from frontdesk.cli.demonstration.company import ENTITIES, HELP, PLAYED, QUEUES, WIDGET
from frontdesk.cli.demonstration.picture import draw_picture
from frontdesk.cli.demonstration.talk import DIALOGUES, LANGUAGES, find_reply
from frontdesk.cli.demonstration.talk.dialogue import Dialogue
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.refusals import Refusal
from frontdesk.records.blobs.media_types import find_media_type

TOPICS = {topic.topic_id: topic.queue_id or HELP.queue_id for topic in WIDGET.topics}
BY_ID = {queue.queue_id: queue for queue in (*QUEUES, HELP)}


def test_a_centre_accepts_the_company_as_it_is() -> None:
    centre = Centre()
    for entity in ENTITIES:
        assert not isinstance(centre.decide(SaveSetting(entity), 0), Refusal), entity


def test_every_queue_has_somebody_for_its_first_step() -> None:
    for queue in QUEUES:
        needs = queue.steps[0].skills
        able = [
            agent
            for agent in PLAYED
            if queue.queue_id in agent.queue_ids
            and all(agent.skills.get(need.skill_id, 0) >= need.proficiency_min for need in needs)
        ]
        assert able, queue.queue_id


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=range(len(DIALOGUES)))
def test_a_dialogue_is_of_a_topic_and_ends_as_its_queue_allows(dialogue: Dialogue) -> None:
    queue = BY_ID[dialogue.moves_to or TOPICS[dialogue.topic_id]]
    assert dialogue.disposition_id in queue.disposition_ids
    assert dialogue.picture_at is None or 0 <= dialogue.picture_at < len(dialogue.lines)


def test_every_topic_is_talked_about() -> None:
    assert {dialogue.topic_id for dialogue in DIALOGUES} == TOPICS.keys()


def test_nothing_is_said_in_two_dialogues() -> None:
    said = [line.said for dialogue in DIALOGUES for line in dialogue.lines]
    assert len(set(said)) == len(said)


def test_a_known_question_gets_its_answer_and_a_strange_one_something_kind() -> None:
    random = Random(1)
    dialogue = LANGUAGES["en"].dialogues[0]
    assert find_reply(dialogue.lines[0].said, "orders", random).text == dialogue.lines[0].answer
    assert find_reply(dialogue.lines[-1].said, "orders", random).last
    strange = find_reply("Who are you?", "russian", random)
    assert strange.dialogue is None
    assert strange.text in LANGUAGES["ru"].kind_words


def test_the_picture_is_one() -> None:
    assert find_media_type(draw_picture(Random(1)), "image/png", whole=True) == "image/png"
