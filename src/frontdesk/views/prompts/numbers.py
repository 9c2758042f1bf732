"""Menus that are nothing but numbers: a survey's scores."""

from typing import Final

from frontdesk.kernel.flows.prompts import Prompt

SPAN_LENGTH_MIN: Final = 3
"""Fewer are told one by one."""


def find_span(prompt: Prompt) -> tuple[int, int] | None:
    """The first and last of choices that are whole numbers in a row and stand for themselves.

    «A number from 1 to 5» says then what a list would. None: they are not so.
    """
    choices = prompt.choices
    if len(choices) < SPAN_LENGTH_MIN or not choices[0].key.isdecimal():
        return None
    first = int(choices[0].key)
    in_row = all(
        choice.key == choice.label == str(number) for number, choice in enumerate(choices, first)
    )
    return (first, first + len(choices) - 1) if in_row else None
