"""Telephone numbers as the world writes them (E.164): +37322123456."""

from __future__ import annotations

import msgspec
import phonenumbers

NOBODY = frozenset({"anonymous", "unknown", "unavailable", "restricted", "private"})


def normalise(number: str, region: str) -> str:
    """The number with its country code; `region` is where it was dialled or shown.

    What is no number of that region's plan, as an extension or a short code, stays as it is.
    A caller who hides the number has none.
    """
    shown = number.strip()
    if shown.lower() in NOBODY:
        return ""
    try:
        parsed = phonenumbers.parse(shown, region or None)
    except phonenumbers.NumberParseException:
        return shown
    if not phonenumbers.is_possible_number(parsed):
        return shown
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class WrittenNumber(msgspec.Struct, frozen=True):
    """A number as somebody wrote it: `number` is empty where it is none."""

    number: str
    shown: str
    """As people of its country write it for the world: +373 22 123 456."""
    region: str
    """Its country (ISO 3166), where it is of one."""


def read_number(text: str, region: str) -> WrittenNumber:
    """A number that can be called from everywhere, of what people type; `region` is where."""
    try:
        parsed = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return WrittenNumber("", text, "")
    if not phonenumbers.is_possible_number(parsed):
        return WrittenNumber("", text, "")
    return WrittenNumber(
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        phonenumbers.region_code_for_number(parsed) or "",
    )
