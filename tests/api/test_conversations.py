"""Beside a call, over the API: somebody is asked, the call is parked, a supervisor listens."""

from __future__ import annotations

from tests.api.test_contacts import open_contact, take
from tests.support.company import Company


async def test_a_colleague_is_asked_joins_and_goes_on(company: Company) -> None:
    contact_id = await open_contact(company, channel="voice")
    anna, boris = await company.sign_in("anna"), await company.sign_in("boris")
    await take(company, anna, "anna")
    url = f"/api/contacts/{contact_id}"
    started = await anna.post(f"{url}/consult", json={"to_queue_id": "support", "note": "Bill"})
    consult_id = started.json()["consult_id"]
    await take(company, boris, "boris")
    consult = company.runtime.live.find_contact(consult_id)
    assert consult is not None
    assert (consult.consult_of, consult.transfer_note) == (contact_id, "Bill")
    for path in ("/conference", "/consult/transfer"):
        assert (await boris.post(url + path, json={})).status_code == 403, path
    assert (await anna.post(f"{url}/conference")).status_code == 204
    contact = company.runtime.live.find_contact(contact_id)
    assert contact is not None
    assert contact.consult is not None
    assert contact.consult.conference
    done = await anna.post(f"{url}/consult/transfer", json={"note": "Please"})
    assert done.status_code == 204, done.text
    record = (await boris.get(url)).json()
    assert (record["agent_ids"], record["queue_id"]) == (["anna", "boris"], "support")
    assert (await boris.post(f"{url}/end")).status_code == 204


async def test_an_expert_is_called_and_thanked(company: Company) -> None:
    contact_id = await open_contact(company, channel="voice")
    anna = await company.sign_in("anna")
    await take(company, anna, "anna")
    url = f"/api/contacts/{contact_id}"
    started = await anna.post(f"{url}/consult", json={"address": "+37322000000"})
    assert started.json() == {"consult_id": None}
    early = await anna.post(f"{url}/consult/transfer", json={})
    assert early.status_code == 409
    assert (await anna.delete(f"{url}/consult")).status_code == 204
    outside = await anna.post(f"{url}/transfer-outside", json={"address": "+37322000000"})
    assert outside.status_code == 204


async def test_a_parked_call_is_taken(company: Company) -> None:
    contact_id = await open_contact(company, channel="voice")
    anna, boris = await company.sign_in("anna"), await company.sign_in("boris")
    await take(company, anna, "anna")
    url = f"/api/contacts/{contact_id}"
    assert (await anna.post(f"{url}/park")).status_code == 204
    contact = company.runtime.live.find_contact(contact_id)
    assert contact is not None
    assert contact.parked_until_ms is not None
    await boris.put("/api/agents/boris/presence", json={"presence": "available"})
    assert (await boris.post(f"{url}/take")).status_code == 204
    assert (await anna.post(f"{url}/take")).status_code == 409


async def test_supervisors_alone_listen(company: Company) -> None:
    contact_id = await open_contact(company, channel="voice")
    anna, sofia = await company.sign_in("anna"), await company.sign_in("sofia")
    await take(company, anna, "anna")
    await sofia.put("/api/agents/sofia/presence", json={"presence": "available"})
    url = f"/api/contacts/{contact_id}/listening"
    assert (await anna.put(url, json={})).status_code == 403
    assert (await sofia.put(url, json={"mode": "whisper"})).status_code == 204
    contact = company.runtime.live.find_contact(contact_id)
    assert contact is not None
    assert [mode.value for mode in contact.listeners.values()] == ["whisper"]
    assert (await sofia.delete(url)).status_code == 204
