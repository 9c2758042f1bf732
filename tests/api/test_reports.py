"""Figures of past days, over the API."""

from __future__ import annotations

import pytest

from frontdesk.kernel.commands import RequestCallback
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


@pytest.mark.parametrize("name", ["containment", "verdicts", "verdict-texts", "callbacks"])
async def test_reports_of_nothing_are_empty_and_not_for_agents(company: Company, name: str) -> None:
    url = f"/api/reports/{name}"
    answer = await (await company.sign_in("sofia")).get(url, params={"from_ms": 1, "to_ms": 2})
    assert answer.status_code == 200, answer.text
    assert answer.json()["items"] == []
    assert (await (await company.sign_in("anna")).get(url)).status_code == 403


async def test_a_promised_callback_and_a_repeat_are_reported(company: Company) -> None:
    boris = await company.sign_in("boris")
    sofia = await company.sign_in("sofia")
    contact_id = await open_contact(company, queue_id="support", channel_ref="s1")
    engagement_id = await take(company, boris, "boris")
    await boris.post(f"/api/contacts/{contact_id}/end")
    done = await boris.post(
        f"/api/engagements/{engagement_id}/wrap-up", json={"disposition_id": "solved"}
    )
    assert done.status_code == 204, done.text
    await company.obey(RequestCallback("support", "069123456"))
    (queue,) = (await sofia.get("/api/reports/callbacks")).json()["queues"]
    assert (queue["queue_id"], queue["promised"], queue["in_time_ratio"]) == ("support", 1, None)
    params = {"by": "disposition", "repeat_days": 1}
    report = (await sofia.get("/api/reports/verdicts", params=params)).json()
    assert report["by"] == "disposition"
    assert report["total"]["first_contact_resolution_ratio"] is None
    refused = await sofia.get("/api/reports/verdicts", params={"by": "weather"})
    assert refused.status_code == 400
