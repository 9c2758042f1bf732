"""The shape of a played conversation."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """What the customer says, and what the agent answers."""

    said: str
    answer: str


class Dialogue(NamedTuple):
    """A conversation on a topic of the widget.

    `picture_at`: the index of the line that comes with a picture. `moves_to`: the queue that the
    agent passes the customer on to after the first answer.
    """

    topic_id: str
    disposition_id: str
    lines: tuple[Line, ...]
    picture_at: int | None = None
    moves_to: str | None = None


class Errand(NamedTuple):
    """What somebody wants of the hot line.

    `wishes`: what is clicked or written at each of its questions, in turn; a question that offers
    no such answer is answered in words. `dialogue`: what is then said to an agent.
    """

    wishes: tuple[str, ...]
    dialogue: Dialogue


class Language(NamedTuple):
    """Dialogues in one language, and what is said besides."""

    names: tuple[str, ...]
    dialogues: tuple[Dialogue, ...]
    kind_words: tuple[str, ...]
    """To somebody who says what nobody has foreseen."""
    comments: tuple[str, ...]
    """With a rating."""
    notes: tuple[str, ...]
    """In wrap-up."""
    errands: tuple[Errand, ...]
    """With the hot line."""
