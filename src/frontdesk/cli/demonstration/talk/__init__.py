"""What people say in the demo: dialogues in three languages, to be played by both sides."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from frontdesk.cli.demonstration.talk.dialogue import Dialogue
from frontdesk.cli.demonstration.talk.english import ENGLISH
from frontdesk.cli.demonstration.talk.romanian import ROMANIAN
from frontdesk.cli.demonstration.talk.russian import RUSSIAN

LANGUAGES: Final = {"en": ENGLISH, "ru": RUSSIAN, "ro": ROMANIAN}
DIALOGUES: Final = tuple(
    dialogue
    for language in LANGUAGES.values()
    for dialogue in (*language.dialogues, *(errand.dialogue for errand in language.errands))
)

_ANSWERS: Final = {
    line.said: (dialogue, line.answer) for dialogue in DIALOGUES for line in dialogue.lines
}


@dataclass(frozen=True)
class Reply:
    """What an agent answers; `dialogue` None: to somebody who isn't played."""

    text: str
    dialogue: Dialogue | None
    last: bool


def find_reply(said: str, queue_id: str, random: Random) -> Reply:
    """What to answer to a customer's words: from the dialogue they are of, else something kind."""
    found = _ANSWERS.get(said)
    if found is not None:
        dialogue, answer = found
        return Reply(answer, dialogue, last=dialogue.lines[-1].said == said)
    language = LANGUAGES[{"russian": "ru", "romanian": "ro"}.get(queue_id, "en")]
    return Reply(random.choice(language.kind_words), None, last=False)
