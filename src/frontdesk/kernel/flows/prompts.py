"""What a message asks of the customer, so that each channel can put it in its own way."""

from enum import Enum

import msgspec


class PromptKind(Enum):
    CHOICE = "choice"
    DIGITS = "digits"
    TEXT = "text"
    SPEECH = "speech"
    DATE = "date"
    AMOUNT = "amount"


class PromptChoice(msgspec.Struct, frozen=True):
    """One of the answers. `key` is what is pressed or typed for it where there are no buttons."""

    value: str
    label: str
    key: str


class Prompt(msgspec.Struct, frozen=True):
    """The answer that a message asks for; `choices` are in the order of the menu.

    The digits are counted for `digits` alone.
    """

    kind: PromptKind
    choices: tuple[PromptChoice, ...] = ()
    digits_max: int | None = None
    digits_min: int = 1
