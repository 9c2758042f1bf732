"""Why a command was not obeyed. Refusals are values; a refused command has changed nothing."""

from enum import Enum

import msgspec


class RefusalReason(Enum):
    NOT_FOUND = "not_found"
    ALREADY_DONE = "already_done"
    WRONG_STATE = "wrong_state"
    NOT_YOURS = "not_yours"
    INVALID = "invalid"
    IN_USE = "in_use"
    LIMIT_REACHED = "limit_reached"


class Refusal(msgspec.Struct, frozen=True):
    """`detail` is a sentence for people; `subject` names what it is about (`offer 7`).

    `existing_id` is set with `already_done`: the id of what the first request made.
    """

    reason: RefusalReason
    detail: str
    subject: str = ""
    existing_id: int | None = None
