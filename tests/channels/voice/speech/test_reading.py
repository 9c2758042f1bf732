"""Figures in a text are said as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.voice.speech.reading import read_aloud
from frontdesk.kernel.flows.texts import LANGUAGES, say_wait, write_number

SAID = [
    # numbers
    ("en", "4021 items, -7 of them", "four thousand twenty-one items, minus seven of them"),
    ("en", "1,250,000", "one million two hundred fifty thousand"),
    ("en", "12.5", "twelve point five"),
    ("ru", "1 250", "одна тысяча двести пятьдесят"),
    ("ru", "1,5 часа", "одна целая пять десятых часа"),
    ("ru", "2 минуты", "две минуты"),
    ("ro", "1.000.000", "un milion"),
    ("ro", "2 ore", "două ore"),
    ("ro", "2 pași", "doi pași"),
    # what isn't a number
    ("en", "order 10023456", "order one zero zero, two three four, five six"),
    ("en", "at +373 22 123456", "at plus three seven three, two two one, two three four, five six"),
    ("en", "room B12 and MP3", "room B12 and MP3"),
    # sums
    ("en", "1,250.50 lei", "one thousand two hundred fifty lei fifty bani"),
    ("en", "$1", "one dollar"),
    ("en", "-3.05 EUR", "minus three euros five cents"),
    ("ru", "1 021,21 ₽", "одна тысяча двадцать один рубль двадцать одна копейка"),
    ("ru", "2 лея", "два лея"),
    ("ru", "5 MDL", "пять леев"),
    ("ro", "1.250,50 lei", "una mie două sute cincizeci de lei cincizeci de bani"),
    ("ro", "1 leu", "un leu"),
    ("ro", "101 lei", "una sută unu lei"),
    # shares
    ("en", "80 %", "eighty percent"),
    ("ru", "81%", "восемьдесят один процент"),
    ("ro", "45 %", "patruzeci și cinci la sută"),
    # days
    ("en", "31 December 2026", "thirty-first of December twenty twenty-six"),
    ("en", "2026-01-02", "second of January twenty twenty-six"),
    ("ru", "31 декабря 2026", "тридцать первое декабря две тысячи двадцать шестого года"),
    ("ru", "до 3 мая", "до третьего мая"),
    ("ro", "1 decembrie", "întâi decembrie"),
    ("ro", "02.12.2026", "doi decembrie două mii douăzeci și șase"),
    # times
    ("en", "9:00, 9:05, 12:30", "nine o'clock, nine oh five, twelve thirty"),
    ("ru", "21:31", "двадцать один час тридцать одна минута"),
    ("ro", "9:00", "nouă fix"),
    ("ro", "12:30", "douăsprezece și treizeci de minute"),
    # ranges
    ("en", "3–5 minutes", "three to five minutes"),
    ("ru", "от 2 до 21 минуты", "от двух до двадцати одной минуты"),
    ("ro", "între 2 și 5 minute", "între două și cinci minute"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "written", "said"), SAID)
def test_it_is_said_as_people_say_it(language: str, written: str, said: str) -> None:
    assert read_aloud(written, language) == said


@given(st.integers(-9_999_999, 9_999_999), st.sampled_from(LANGUAGES))
def test_no_number_as_flows_write_it_stays_in_figures(number: int, language: str) -> None:
    assert not any(map(str.isdigit, read_aloud(write_number(number, language), language)))


@given(st.integers(0, 90), st.integers(0, 90), st.sampled_from(LANGUAGES))
def test_no_announced_wait_stays_in_figures(low: int, more: int, language: str) -> None:
    assert not any(map(str.isdigit, read_aloud(say_wait(low, low + more, language), language)))


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: str) -> None:
    read_aloud(text, language)


def test_a_language_without_tables_is_left_to_the_voice() -> None:
    assert read_aloud("12 Uhr", "de") == "12 Uhr"
