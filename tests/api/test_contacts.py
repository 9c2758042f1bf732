"""Contacts over the API: whose they are, what can be done with them, what is kept of them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from frontdesk.kernel.settings import Role
from tests.support.company import Company

NEW = {
    "channel": "webchat",
    "channel_ref": "ref-1",
    "queue_id": "sales",
    "customer": {"customer_id": "ion", "name": "Ion"},
}


async def open_contact(company: Company, **changes: Any) -> int:
    """A program of the company's opens a contact."""
    text = await company.create_key(Role.AGENT, "sofia")
    program = company.connect(Authorization=f"Bearer {text}")
    answer = await program.post("/api/contacts", json={**NEW, **changes})
    assert answer.status_code == 201, answer.text
    contact_id: int = answer.json()["contact_id"]
    return contact_id


async def take(company: Company, client: httpx.AsyncClient, agent_id: str) -> int:
    """The agent makes themselves available and accepts the offer that comes."""
    wish = {"presence": "available"}
    answer = await client.put(f"/api/agents/{agent_id}/presence", json=wish)
    assert answer.status_code == 204, answer.text
    offers = company.runtime.live.board.state.offers.values()
    offer = next(o for o in offers if o.agent_id == agent_id)
    answer = await client.post(f"/api/offers/{offer.offer_id}/accept")
    assert answer.status_code == 204, answer.text
    return offer.offer_id


async def test_a_contact_goes_its_whole_way(company: Company) -> None:
    contact_id = await open_contact(company, queue_id="support")
    boris = await company.sign_in("boris")
    engagement_id = await take(company, boris, "boris")
    url = f"/api/contacts/{contact_id}"
    posted = await boris.post(f"{url}/messages", json={"client_id": "1", "text": "Hello"})
    assert posted.json() == {"contact_id": contact_id, "number": 1}
    again = await boris.post(f"{url}/messages", json={"client_id": "1", "text": "Hello"})
    assert again.json() == posted.json()
    for action in ("hold", "resume", "typing", "end"):
        assert (await boris.post(f"{url}/{action}")).status_code == 204, action
    wrap_up = {"disposition_id": "solved", "note": "Fine"}
    done = await boris.post(f"/api/engagements/{engagement_id}/wrap-up", json=wrap_up)
    assert done.status_code == 204
    record = (await boris.get(url)).json()
    assert (record["outcome"], record["disposition_id"]) == ("answered", "solved")
    messages = (await boris.get(f"{url}/messages")).json()["items"]
    assert [m["text"] for m in messages] == ["Hello"]
    events = (await boris.get(f"{url}/events")).json()["items"]
    assert [e["type"] for e in events][:2] == ["ContactOpened", "ContactQueued"]
    assert "Hello" in (await boris.get(f"{url}/transcript")).text
    why = (await boris.get(f"/api/offers/{engagement_id}/why")).json()
    assert why["chosen_agent_id"] == "boris"


async def test_nobody_reads_what_is_not_theirs(company: Company) -> None:
    contact_id = await open_contact(company)
    anna, boris = await company.sign_in("anna"), await company.sign_in("boris")
    sofia = await company.sign_in("sofia")
    await take(company, anna, "anna")
    url = f"/api/contacts/{contact_id}"
    for path in ("", "/messages", "/transcript", "/events", "/why"):
        answer = await boris.get(url + path)
        assert answer.status_code == 403, path
        assert answer.json()["error"]["code"] == "not_yours"
        assert (await sofia.get(url + path)).status_code in {200, 409}, path
    assert (await boris.get("/api/customers/ion/contacts")).status_code == 403
    assert (await boris.get("/api/contacts?agent_id=anna")).json()["items"] == []
    note = {"client_id": "1", "text": "x", "internal": True}
    for path, body in (
        ("/messages", note),
        ("/end", None),
        ("/hold", None),
        ("/typing", None),
        ("/transfer", {"to_queue_id": "support"}),
    ):
        answer = await boris.post(url + path, json=body)
        assert answer.status_code == 403, path
    assert (await boris.put(f"{url}/read", json={"number": 0})).status_code == 403


async def test_who_has_the_customer_sees_the_earlier_contacts(company: Company) -> None:
    earlier = await open_contact(company)
    anna = await company.sign_in("anna")
    await take(company, anna, "anna")
    await anna.post(f"/api/contacts/{earlier}/messages", json={"client_id": "1", "text": "Hi"})
    await anna.post(f"/api/contacts/{earlier}/end")
    await anna.put("/api/agents/anna/presence", json={"presence": "offline"})
    boris = await company.sign_in("boris")
    assert (await boris.get(f"/api/contacts/{earlier}")).status_code == 403
    await open_contact(company, channel_ref="ref-2")
    await take(company, boris, "boris")
    listed = (await boris.get("/api/customers/ion/contacts")).json()["items"]
    assert earlier in [record["contact_id"] for record in listed]
    messages = (await boris.get(f"/api/contacts/{earlier}/messages")).json()["items"]
    assert [m["text"] for m in messages] == ["Hi"]


async def test_a_supervisor_ends_anybodys_contact(company: Company) -> None:
    contact_id = await open_contact(company)
    await take(company, await company.sign_in("anna"), "anna")
    sofia = await company.sign_in("sofia")
    assert (await sofia.post(f"/api/contacts/{contact_id}/end")).status_code == 204
    record = (await sofia.get(f"/api/contacts/{contact_id}")).json()
    assert record["closed_by"] == "system"


async def test_a_contact_waits_and_says_why(company: Company) -> None:
    contact_id = await open_contact(company)
    sofia = await company.sign_in("sofia")
    why = (await sofia.get(f"/api/contacts/{contact_id}/why")).json()
    assert {c["verdict"] for c in why["candidates"]} == {"offline", "not_in_queue"}
    question = {"queue_id": "sales", "channel": "webchat", "skills": [{"skill_id": "romanian"}]}
    dry_run = (await sofia.post("/api/routing/dry-run", json=question)).json()
    assert "lacks_skill" in {c["verdict"] for c in dry_run["candidates"]}
    assert len(company.runtime.live.board.state.contacts) == 1


async def test_a_channels_own_id_names_one_contact(company: Company) -> None:
    contact_id = await open_contact(company)
    adam = await company.sign_in("adam")
    again = await adam.post("/api/contacts", json=NEW)
    assert again.status_code == 409
    error = again.json()["error"]
    assert (error["code"], error["existing_id"]) == ("already_done", contact_id)


async def test_an_idempotency_key_makes_one_of_many(company: Company) -> None:
    adam = await company.sign_in("adam")
    key = {"Idempotency-Key": "outbox-7"}
    answers = await asyncio.gather(
        *(adam.post("/api/contacts", json=NEW, headers=key) for _ in range(3))
    )
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["contact_id"] for a in answers}) == 1
    other = await adam.post("/api/contacts", json={**NEW, "channel_ref": "ref-2"}, headers=key)
    assert (other.status_code, other.json()["error"]["code"]) == (422, "invalid")
    boris = await company.sign_in("boris")
    own = await boris.post("/api/contacts", json={**NEW, "channel_ref": "ref-3"}, headers=key)
    assert own.status_code == 201


async def test_settings_are_kept_with_who_changed_them(company: Company) -> None:
    adam = await company.sign_in("adam")
    skill = {"kind": "skill", "skill_id": "russian", "name": "Russian"}
    assert (await adam.put("/api/settings/skill/russian", json=skill)).json() == skill
    assert (await adam.get("/api/settings/skill/russian")).json() == skill
    mixed = await adam.put("/api/settings/skill/other", json=skill)
    assert mixed.status_code == 422
    assert (await adam.delete("/api/settings/skill/russian")).status_code == 204
    used = await adam.delete("/api/settings/queue/sales")
    assert (used.status_code, used.json()["error"]["code"]) == (409, "in_use")
    newest = (await adam.get("/api/audit?limit=2")).json()["items"]
    assert [(c["actor"], c["kind"], c["removed"]) for c in newest] == [
        ("agent:adam", "skill", True),
        ("agent:adam", "skill", False),
    ]
    other = (await adam.get("/api/audit?kind=skill&entity_id=french")).json()["items"]
    assert other == []
    profiles = (await adam.get("/api/settings/agent_profile")).json()["items"]
    assert [p["agent_id"] for p in profiles] == ["adam", "anna", "boris", "sofia"]


async def test_a_person_gets_a_login_and_loses_it(company: Company) -> None:
    adam = await company.sign_in("adam")
    body = {"login": "anna@example.org", "password": "a new and long one"}
    assert (await adam.put("/api/agents/anna/password", json=body)).status_code == 204
    anna = company.connect()
    assert (await anna.post("/api/session", json=body)).status_code == 200
    taken = await adam.put("/api/agents/boris/password", json=body)
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "in_use")
    assert (await adam.delete("/api/agents/anna/password")).status_code == 204
    assert (await anna.get("/api/session")).status_code == 401
