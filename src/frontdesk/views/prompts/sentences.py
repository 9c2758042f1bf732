"""The sentences that say how to answer, in the languages that Frontdesk itself speaks.

Labels come from the flow's author in any grammatical form, so they stand apart from the sentence:
«Orders: press one», not «for orders, press one», which Russian and Romanian would have to inflect.
"""

from typing import Final

import msgspec

from frontdesk.kernel.flows.texts import LANGUAGES


class Sentences(msgspec.Struct, frozen=True):
    """`{0}` and so on are places for keys, numbers and examples."""

    press: str
    press_and_end: str
    press_between: str
    press_number_between: str
    press_end: str
    press_date: str
    press_amount: str
    write_number: str
    write_number_between: str
    write_word: str
    write_date: str
    keys: dict[str, str]


_NUMBERS_EN: Final = "zero one two three four five six seven eight nine ten"
_NUMBERS_RU: Final = "ноль один два три четыре пять шесть семь восемь девять десять"
_NUMBERS_RO: Final = "zero unu doi trei patru cinci șase șapte opt nouă zece"


def _keys(numbers: str, star: str, hash_: str) -> dict[str, str]:
    return {str(n): word for n, word in enumerate(numbers.split())} | {"*": star, "#": hash_}


_SENTENCES: Final = {
    "en": Sentences(
        press="press {0}.",
        press_and_end="press {0} and then hash.",
        press_between="Press a key from {0} to {1}.",
        press_number_between="Press a number from {0} to {1}, and then hash.",
        press_end="Press hash when you are done.",
        press_date="Press two digits for the day, two for the month and four for the year.",
        press_amount="Press star for the decimal point, and hash when you are done.",
        write_number="Reply with the number.",
        write_number_between="Reply with a number from {0} to {1}.",
        write_word="Answer with one of these.",
        write_date="Write the date like this: {0}",
        keys=_keys(_NUMBERS_EN, "star", "hash"),
    ),
    "ru": Sentences(
        press="нажмите {0}.",
        press_and_end="нажмите {0}, затем решётку.",
        press_between="Нажмите цифру: {0}, {1} или любую между ними.",
        press_number_between="Наберите число: {0}, {1} или любое между ними, затем решётку.",
        press_end="В конце нажмите решётку.",
        press_date="Наберите две цифры дня, две цифры месяца и четыре цифры года.",
        press_amount="Вместо запятой нажмите звёздочку, в конце решётку.",
        write_number="Ответьте номером.",
        write_number_between="Ответьте числом от {0} до {1}.",
        write_word="Ответьте одним из этих вариантов.",
        write_date="Напишите дату так: {0}",
        keys=_keys(_NUMBERS_RU, "звёздочку", "решётку"),
    ),
    "ro": Sentences(
        press="apăsați {0}.",
        press_and_end="apăsați {0}, apoi diez.",
        press_between="Apăsați o tastă de la {0} la {1}.",
        press_number_between="Formați un număr de la {0} la {1}, apoi diez.",
        press_end="La sfârșit apăsați diez.",
        press_date="Formați două cifre pentru zi, două pentru lună și patru pentru an.",
        press_amount="Pentru virgulă apăsați steluță, iar la sfârșit diez.",
        write_number="Răspundeți cu numărul.",
        write_number_between="Răspundeți cu un număr de la {0} la {1}.",
        write_word="Răspundeți cu una dintre acestea.",
        write_date="Scrieți data așa: {0}",
        keys=_keys(_NUMBERS_RO, "steluță", "diez"),
    ),
}


def own_language(language: str) -> str:
    """The language in which we can say how to answer, for a flow in any language."""
    return language if language in LANGUAGES else LANGUAGES[0]


def sentences_in(language: str) -> Sentences:
    return _SENTENCES[own_language(language)]
