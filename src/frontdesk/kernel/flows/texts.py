"""What a flow says: the wording for a language, with variables put in.

`{balance}` is a variable, `{queue.position}` a part of one, `{due|date}` one in
words. Other braces stand for themselves. Numbers, dates and waits are written as
the language writes them (CLDR 46: separators, month names in the form used in dates).
"""

import re
from collections.abc import Callable
from datetime import date

from frontdesk.kernel.flows.document import Text, Value
from frontdesk.kernel.flows.faults import FlowFault, FlowFaulted

LANGUAGES = ("en", "ru", "ro")
"""Languages in which numbers, dates and ready sentences can be put; others read as English."""

TEXT_CHARS_MAX = 4_000
"""Of a text with its variables put in; longer ones are cut."""

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?:\|([a-z]+))?\}")
"""`{name}`, `{name.part}`, `{name|format}`."""

Find = Callable[[str], Value]
"""The value of a variable by its name. Raises FlowFaulted when there is none."""


def word(text: Text, language: str, first_language: str = "en") -> str:
    """The text's wording for the language, or else for the flow's first."""
    if isinstance(text, str):
        return text
    found = text.get(language) or text.get(first_language)
    return found if found is not None else next(iter(text.values()), "")


def wordings(text: Text) -> list[str]:
    """All wordings of a text."""
    return [text] if isinstance(text, str) else list(text.values())


def fill(wording: str, language: str, find: Find) -> str:
    """The wording with its variables put in. Raises FlowFaulted."""
    if "{" not in wording:
        return wording[:TEXT_CHARS_MAX]

    def put(match: re.Match[str]) -> str:
        name, *parts = match[1].split(".")
        value = find(name)
        for part in parts:
            if not isinstance(value, dict) or part not in value:
                raise FlowFaulted(FlowFault.EXPRESSION, f"{match[0]}: there is no {part}.")
            value = value[part]  # pyright: ignore[reportUnknownVariableType]
        return FORMATS[match[2] or ""](value, language)

    return PLACEHOLDER.sub(put, wording)[:TEXT_CHARS_MAX]


def _plain(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES_NO.get(language, _YES_NO["en"])[0 if value else 1]
    if isinstance(value, int | float):
        return write_number(value, language)
    return str(value)


def _amount(value: Value, language: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _plain(value, language)
    return write_number(value, language, decimals=2)


def _date(value: Value, language: str) -> str:
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return _plain(value, language)
    months = MONTHS.get(language, MONTHS["en"])
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _digits(value: Value, language: str) -> str:
    """Figures as they are, without separators: years, numbers of orders."""
    return str(value)


FORMATS: dict[str, Callable[[Value, str], str]] = {
    "": _plain,
    "amount": _amount,
    "date": _date,
    "digits": _digits,
}
"""How a variable can be written, by the word behind the bar."""


def write_number(value: float, language: str, decimals: int | None = None) -> str:
    """The number with the language's separators; whole numbers without decimals by default."""
    whole = float(value).is_integer()
    places = decimals if decimals is not None else (0 if whole else 2)
    group, point = _SEPARATORS.get(language, _SEPARATORS["en"])
    figures = f"{value:,.{places}f}"
    return figures.translate({ord(","): group, ord("."): point})


def say_wait(low_minutes: int, high_minutes: int | None, language: str) -> str:
    """A band of waits in words: "between 3 and 5 minutes"; high_minutes None: it has no end."""
    short, up_to, between, more = _WAITS.get(language, _WAITS["en"])
    last = low_minutes if high_minutes is None else high_minutes
    if last <= 1:
        return short
    wording = more if high_minutes is None else between if low_minutes else up_to
    return wording.format(low_minutes, last, _MINUTES.get(language, _english_minutes)(last))


def _english_minutes(count: int) -> str:
    return "minutes"


def _russian_minutes(count: int) -> str:
    """The genitive that follows «до»: минуты after 1, 21, 31…, минут after all others."""
    return "минуты" if count % 10 == 1 and count % 100 != 11 else "минут"


def _romanian_minutes(count: int) -> str:
    return "minute" if 0 < count % 100 < 20 else "de minute"


_NO_BREAK = "\N{NO-BREAK SPACE}"
_SEPARATORS = {"en": (",", "."), "ru": (_NO_BREAK, ","), "ro": (".", ",")}
_YES_NO = {"en": ("yes", "no"), "ru": ("да", "нет"), "ro": ("da", "nu")}
_WAITS = {
    "en": ("less than a minute", "up to {1} {2}", "between {0} and {1} {2}", "more than {0} {2}"),
    "ru": ("меньше минуты", "до {1} {2}", "от {0} до {1} {2}", "больше {0} {2}"),
    "ro": ("mai puțin de un minut", "până la {1} {2}", "între {0} și {1} {2}", "peste {0} {2}"),
}
"""Less than a minute; up to so many; between; more."""

_MINUTES = {"ru": _russian_minutes, "ro": _romanian_minutes}

_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ro": (
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie"
        " noiembrie decembrie"
    ),
}
MONTHS = {language: names.split() for language, names in _MONTH_NAMES.items()}
"""The months by language, as dates name them."""
