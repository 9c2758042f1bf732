"""Secrets for outside systems: kept, replaced, forgotten, and never among what is listed."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from frontdesk.records.changes import RecordChanges
from frontdesk.records.clock import Clock
from frontdesk.records.database import Database
from frontdesk.records.kept_secrets import KeptSecret, KeptSecrets


async def test_a_secret_is_written_used_and_never_listed(
    database: Database, clock: Clock, pass_time: Callable[[int], None]
) -> None:
    secrets = KeptSecrets(database, clock)
    await secrets.save("shop", "first", "agent:adam")
    pass_time(5)
    await secrets.save("shop", "second", "agent:eve")
    await secrets.save("bank", "third", "agent:adam")
    assert await secrets.find("shop") == "second"
    assert await secrets.find("nothing") is None
    listed = await secrets.find_all()
    assert listed == [
        KeptSecret("bank", clock(), "agent:adam"),
        KeptSecret("shop", clock(), "agent:eve"),
    ]
    assert await secrets.remove("shop", "agent:adam")
    assert not await secrets.remove("shop", "agent:adam")
    changes = await RecordChanges(database).find(None, 10)
    assert [(c.record_id, c.removed, c.actor) for c in changes.items] == [
        ("shop", True, "agent:adam"),
        ("bank", False, "agent:adam"),
        ("shop", False, "agent:eve"),
        ("shop", False, "agent:adam"),
    ]
    for told in (listed, changes):
        written = msgspec.json.encode(told).decode()
        assert not any(value in written for value in ("first", "second", "third"))
