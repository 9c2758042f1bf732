"""Figures of past days, over the API."""

from __future__ import annotations

from tests.api.test_contacts import open_contact, take
from tests.support.company import Company

SERVED, OFFERED, WAITING = 5, 3, 2
"""Enough for a queue to know its pace; as many chats as Boris can carry; those who must wait."""


async def test_announced_waits_are_held_against_real_ones(company: Company) -> None:
    boris = await company.sign_in("boris")
    for number in range(SERVED):
        contact_id = await open_contact(company, queue_id="support", channel_ref=f"s{number}")
        engagement_id = await take(company, boris, "boris")
        await boris.post(f"/api/contacts/{contact_id}/end")
        done = await boris.post(f"/api/engagements/{engagement_id}/wrap-up", json={})
        assert done.status_code == 204, done.text
    for number in range(OFFERED + WAITING):
        await open_contact(company, queue_id="support", channel_ref=f"w{number}")
    sofia = await company.sign_in("sofia")
    url = "/api/reports/announced-waits"
    (day,) = (await sofia.get(url, params={"queue_id": "support"})).json()["items"]
    assert (day["queue_id"], day["announced"], day["answered"]) == ("support", WAITING, 0)
    assert day["kept_ratio"] is None
    for params in ({"queue_id": "sales"}, {"to_ms": 1_000}):
        assert (await sofia.get(url, params=params)).json() == {"items": []}
