"""How numbers, sums, days and times are said, language by language: the tables of `reading`.

Patterns are ICU message formats: `spellout` puts a number in words, `plural` chooses the form of a
noun (Unicode CLDR). A language is a column of the same table, so that a new one is one entry more.
"""

from typing import Final

import msgspec

_SPELL = "{{n,spellout,%spellout-cardinal-{0}}}"
_HE, _SHE = _SPELL.format("masculine"), _SPELL.format("feminine")
_OF_HIM, _OF_HER = _SPELL.format("masculine-genitive"), _SPELL.format("feminine-genitive")


def _russian(number: str, one: str, few: str, many: str) -> str:
    return f"{number} {{n,plural,one{{{one}}}few{{{few}}}other{{{many}}}}}"


def _romanian(number: str, one: str, many: str) -> str:
    """From twenty on the noun stands behind «de»."""
    return f"{{n,plural,one{{{one}}}few{{{number} {many}}}other{{{number} de {many}}}}}"


def _english(one: str, many: str) -> str:
    return f"{{n,spellout}} {{n,plural,one{{{one}}}other{{{many}}}}}"


class Money(msgspec.Struct, frozen=True):
    """A currency's whole and hundredth part, and the marks by which a text names it."""

    marks: tuple[str, ...]
    whole: str
    part: str


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One language's.

    `separators`: between thousands, before decimals. `feminine` and
    `genitive` are regular expressions: of the noun behind a number, of the word before one.
    """

    separators: tuple[str, str]
    cardinal: str = "{n,spellout}"
    cardinal_feminine: str = "{n,spellout}"
    cardinal_genitive: str = "{n,spellout}"
    cardinal_feminine_genitive: str = "{n,spellout}"
    day: str
    day_genitive: str
    day_first: str
    """The first of a month, where that isn't like the others; else empty."""
    year: str
    date: str
    """{day}, {month} and {year} in the language's order."""
    hour: str
    hour_sharp: str
    percent: str
    to: str
    """Between the ends of a range."""
    joins: str
    """Words between the ends of a range whose noun stands behind the second."""
    plus: str
    digit: str = "{n,spellout}"
    feminine: str = r"(?!)"
    genitive: str = r"(?!)"
    money: dict[str, Money]
    repairs: tuple[tuple[str, str], ...] = ()
    """What ICU says otherwise than people do."""


WORDINGS: Final[dict[str, Wording]] = {
    "en": Wording(
        separators=(",", "."),
        day="{n,spellout,%spellout-ordinal}",
        day_genitive="{n,spellout,%spellout-ordinal}",
        day_first="",
        year="{n,spellout,%spellout-numbering-year}",
        date="{day} of {month} {year}",
        hour="{h,spellout} {m,plural,=1{oh one}=2{oh two}=3{oh three}=4{oh four}=5{oh five}"
        "=6{oh six}=7{oh seven}=8{oh eight}=9{oh nine}other{{m,spellout}}}",
        hour_sharp="{h,spellout} o'clock",
        percent="{n,spellout} percent",
        to="to",
        joins="to|and",
        plus="plus",
        money={
            "MDL": Money(("MDL", "lei", "leu"), _english("leu", "lei"), _english("ban", "bani")),
            "RON": Money(("RON",), _english("leu", "lei"), _english("ban", "bani")),
            "EUR": Money(("EUR", "€"), _english("euro", "euros"), _english("cent", "cents")),
            "USD": Money(("USD", "$"), _english("dollar", "dollars"), _english("cent", "cents")),
            "GBP": Money(("GBP", "£"), _english("pound", "pounds"), _english("penny", "pence")),
            "RUB": Money(
                ("RUB", "₽"), _english("rouble", "roubles"), _english("kopeck", "kopecks")
            ),
        },
    ),
    "ru": Wording(
        separators=(" ", ","),
        cardinal_feminine=_SHE,
        cardinal_genitive=_OF_HIM,
        cardinal_feminine_genitive=_OF_HER,
        day="{n,spellout,%spellout-ordinal-neuter}",
        day_genitive="{n,spellout,%spellout-ordinal-masculine-genitive}",
        day_first="",
        year="{n,spellout,%spellout-ordinal-masculine-genitive} года",
        date="{day} {month} {year}",
        hour=_russian("{h,spellout}", "час", "часа", "часов").replace("{n,plural", "{h,plural")
        + " "
        + _russian("{m,spellout,%spellout-cardinal-feminine}", "минута", "минуты", "минут").replace(
            "{n,plural", "{m,plural"
        ),
        hour_sharp=_russian("{h,spellout}", "час", "часа", "часов").replace(
            "{n,plural", "{h,plural"
        ),
        percent=_russian("{n,spellout}", "процент", "процента", "процентов"),
        to="до",
        joins="до|и",
        plus="плюс",
        feminine=r"минут|секунд|недел|заявк|копе|позици",
        genitive=r"от|до|с|после|около|больше|более|меньше|менее",
        money={
            "MDL": Money(
                ("MDL", "леев", "лея", "лей"),
                _russian(_HE, "лей", "лея", "леев"),
                _russian(_HE, "бан", "бана", "банов"),
            ),
            "RON": Money(
                ("RON",),
                _russian(_HE, "лей", "лея", "леев"),
                _russian(_HE, "бан", "бана", "банов"),
            ),
            "EUR": Money(
                ("EUR", "€", "евро"),
                f"{_HE} евро",
                _russian(_HE, "цент", "цента", "центов"),
            ),
            "USD": Money(
                ("USD", "$", "долларов", "доллара", "доллар"),
                _russian(_HE, "доллар", "доллара", "долларов"),
                _russian(_HE, "цент", "цента", "центов"),
            ),
            "GBP": Money(
                ("GBP", "£"),
                _russian(_HE, "фунт", "фунта", "фунтов"),
                _russian(_HE, "пенс", "пенса", "пенсов"),
            ),
            "RUB": Money(
                ("RUB", "₽", "рублей", "рубля", "рубль", "руб."),
                _russian(_HE, "рубль", "рубля", "рублей"),
                _russian(_SHE, "копейка", "копейки", "копеек"),
            ),
        },
    ),
    "ro": Wording(
        separators=(".", ","),
        cardinal_feminine=_SHE,
        cardinal_feminine_genitive=_SHE,
        day="{n,spellout}",
        day_genitive="{n,spellout}",
        day_first="întâi",
        year="{n,spellout}",
        date="{day} {month} {year}",
        hour="{h,spellout,%spellout-cardinal-feminine} și"
        " {m,plural,one{un minut}few{{m,spellout,%spellout-cardinal-feminine} minute}"
        "other{{m,spellout,%spellout-cardinal-feminine} de minute}}",
        hour_sharp="{h,spellout,%spellout-cardinal-feminine} fix",
        percent="{n,spellout} la sută",
        to="până la",
        joins="și|până la",
        repairs=(("unu milion", "un milion"), ("unu miliard", "un miliard")),
        plus="plus",
        feminine=r"minut|or[ăei]|zi|săptăm|persoan|cerer|comen[zd]",
        money={
            "MDL": Money(
                ("MDL", "lei", "leu"),
                _romanian(_HE, "un leu", "lei"),
                _romanian(_HE, "un ban", "bani"),
            ),
            "RON": Money(
                ("RON",), _romanian(_HE, "un leu", "lei"), _romanian(_HE, "un ban", "bani")
            ),
            "EUR": Money(
                ("EUR", "€", "euro"),
                _romanian(_HE, "un euro", "euro"),
                _romanian(_HE, "un cent", "cenți"),
            ),
            "USD": Money(
                ("USD", "$", "dolari", "dolar"),
                _romanian(_HE, "un dolar", "dolari"),
                _romanian(_HE, "un cent", "cenți"),
            ),
            "GBP": Money(
                ("GBP", "£"),
                _romanian(_SHE, "o liră", "lire"),
                _romanian(_HE, "un penny", "pence"),
            ),
            "RUB": Money(
                ("RUB", "₽", "ruble"),
                _romanian(_SHE, "o rublă", "ruble"),
                _romanian(_SHE, "o copeică", "copeici"),
            ),
        },
    ),
}
