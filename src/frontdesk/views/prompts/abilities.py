"""What each channel can do with a message that asks for something.

Data, so that a new channel needs a line here and no rule anywhere else.
"""

from enum import Enum
from typing import Final

import msgspec


class Manner(Enum):
    """How a choice is offered and answered.

    `buttons`: clicked. `numbers`: listed with numbers, one of which is written.
    `voice`: spoken, and pressed on a telephone's keys or said. `words`: listed, and written.
    """

    BUTTONS = "buttons"
    NUMBERS = "numbers"
    VOICE = "voice"
    WORDS = "words"


class Abilities(msgspec.Struct, frozen=True):
    """What a channel can do. `segments_max`: of one short message; None: a text may be long."""

    manner: Manner
    segments_max: int | None = None


ABILITIES: Final = {
    "webchat": Abilities(Manner.BUTTONS),
    "sms": Abilities(Manner.NUMBERS, segments_max=3),
    "voice": Abilities(Manner.VOICE),
    "callback": Abilities(Manner.VOICE),
    "consult": Abilities(Manner.VOICE),
    "email": Abilities(Manner.WORDS),
    "message": Abilities(Manner.WORDS),
}

_PLAIN: Final = Abilities(Manner.WORDS)


def find_abilities(channel: str) -> Abilities:
    """What a channel can do; of one that nobody has described, that it carries text."""
    return ABILITIES.get(channel, _PLAIN)
