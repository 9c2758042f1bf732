"""Telephone numbers as the world writes them (E.164): +37322123456."""

from __future__ import annotations

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
