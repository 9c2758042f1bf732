"""What texts say of waits, in every language."""

from __future__ import annotations

import pytest

from frontdesk.kernel.flows.texts import say_wait

SAID = {
    (0, 1): ("less than a minute", "меньше минуты", "mai puțin de un minut"),
    (0, 3): ("up to 3 minutes", "до 3 минут", "până la 3 minute"),
    (3, 10): ("between 3 and 10 minutes", "от 3 до 10 минут", "între 3 și 10 minute"),
    (15, 20): ("between 15 and 20 minutes", "от 15 до 20 минут", "între 15 și 20 de minute"),
    (120, None): ("more than 120 minutes", "больше 120 минут", "peste 120 de minute"),
}


@pytest.mark.parametrize("band", SAID)
def test_a_band_in_words(band: tuple[int, int | None]) -> None:
    assert tuple(say_wait(*band, language) for language in ("en", "ru", "ro")) == SAID[band]
