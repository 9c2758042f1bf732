"""The line to a real Asterisk: orders, refusals, and what is noticed when it is cut."""

from __future__ import annotations

import msgspec
import pytest

from frontdesk.channels.voice.asterisk.ari import AriGone, AriRefused, open_line
from frontdesk.channels.voice.asterisk.ari_types import AsteriskInfo
from frontdesk.channels.voice.asterisk.files import APP, MODULES
from tests.support.asterisk import PASSWORD, RunningAsterisk


async def test_asterisk_answers_orders_and_says_what_it_refuses(asterisk: RunningAsterisk) -> None:
    line = await open_line(asterisk.url, APP, PASSWORD, APP)
    info = msgspec.json.decode(await line.ask("GET", "asterisk/info"), type=AsteriskInfo)
    assert info.system is not None
    assert tuple(map(int, info.system.version.split("+")[0].split("."))) >= (22, 10)

    with pytest.raises(AriRefused, match="Channel not found") as refused:
        await line.ask("DELETE", "channels/nobody", {"reason": "busy"})
    assert refused.value.status == 404
    await line.close()


async def test_every_module_that_is_asked_for_is_there(asterisk: RunningAsterisk) -> None:
    listed = asterisk.instance.ask("module show")
    assert [name for name in MODULES.split() if f"{name}.so" not in listed] == []
    assert "ERROR" not in asterisk.log()


async def test_a_wrong_password_is_told(asterisk: RunningAsterisk) -> None:
    with pytest.raises(AriGone, match="401"):
        await open_line(asterisk.url, APP, "guessed", APP)


async def test_an_asterisk_that_dies_cuts_the_line(asterisk: RunningAsterisk) -> None:
    line = await open_line(asterisk.url, APP, PASSWORD, APP)
    asterisk.instance.kill()
    with pytest.raises(AriGone):
        await line.next_event()
    with pytest.raises(AriGone):
        await line.ask("GET", "asterisk/ping")
    with pytest.raises(AriGone, match="can't be reached"):
        await open_line(asterisk.url, APP, PASSWORD, APP)
