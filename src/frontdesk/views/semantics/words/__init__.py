"""What metrics and dimensions are called, in every language: one table a language, by id.

A word is a name and a definition; the formula needs none, for it is read out from the names of
what it is made of.
"""

from typing import Final

from frontdesk.views.semantics.words import en, ro, ru

DEFAULT: Final = "en"

_LANGUAGES: Final = {"en": en, "ru": ru, "ro": ro}


class Words:
    """The words of one language; of an unknown one English."""

    def __init__(self, locale: str) -> None:
        table = _LANGUAGES.get(locale, en)
        self.metrics: dict[str, tuple[str, str]] = table.METRICS
        self.dimensions: dict[str, tuple[str, str]] = table.DIMENSIONS
        self.values: dict[str, dict[str, str]] = table.VALUES
        self.grains: dict[str, str] = table.GRAINS
        self.reports: dict[str, tuple[str, str]] = table.REPORTS
        self.texts: dict[str, str] = table.TEXTS

    def name_value(self, dimension: str, value: str) -> str:
        """What a value is called, if it isn't anybody's own name."""
        return self.values.get(dimension, {}).get(value, value)
