"""Callbacks and flows over the API: promised, put off, tried; into a flow and back."""

from __future__ import annotations

from typing import Any

import httpx

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.settings import Role
from tests.kernel.flows.stage import choice, end, flow, menu, to_sales
from tests.support.company import Company

NEW = {"queue_id": "sales", "address": "+373 22 000 000", "customer": {"name": "Ion"}}
HOUR_MS = 3_600_000
TALK = flow(menu(choice("talk", "sales"), choice("leave", "end")), to_sales(), end())


async def promise(client: httpx.AsyncClient, **changes: Any) -> int:
    answer = await client.post("/api/callbacks", json={**NEW, **changes})
    assert answer.status_code == 201, answer.text
    contact_id: int = answer.json()["contact_id"]
    return contact_id


async def accept(company: Company, agent_id: str) -> None:
    offers = company.runtime.live.board.state.offers.values()
    offer = next(o for o in offers if o.agent_id == agent_id)
    await company.obey(cmd.AcceptOffer(offer.offer_id, agent_id))


def find_callback(company: Company, contact_id: int) -> Any:
    contact = company.runtime.live.find_contact(contact_id)
    assert contact is not None
    return contact.callback


async def test_a_callback_is_promised_put_off_and_tried(company: Company) -> None:
    anna = await company.sign_in("anna")
    due_ms = company.runtime.clock.now_ms() + HOUR_MS
    contact_id = await promise(anna, due_ms=due_ms)
    assert find_callback(company, contact_id).due_ms == due_ms
    await company.obey(cmd.SetPresence("anna", cmd.Presence.AVAILABLE))
    url = f"/api/callbacks/{contact_id}/reschedule"
    assert (await anna.post(url, json={"due_ms": due_ms + HOUR_MS})).status_code == 204
    assert find_callback(company, contact_id).due_ms == due_ms + HOUR_MS
    assert (await anna.post(url, json={"due_ms": None})).status_code == 204
    await accept(company, "anna")
    busy = await anna.post(url, json={"due_ms": None})
    assert (busy.status_code, busy.json()["error"]["code"]) == (409, "wrong_state")
    boris = await company.sign_in("boris")
    url = f"/api/contacts/{contact_id}/attempt"
    assert (await boris.post(url, json={"result": "no_answer"})).status_code == 403
    assert (await anna.post(url, json={"result": "no_answer"})).status_code == 204
    assert find_callback(company, contact_id).attempts == 1


async def test_an_address_is_called_back_once(company: Company) -> None:
    sofia = await company.sign_in("sofia")
    contact_id = await promise(sofia)
    again = await sofia.post("/api/callbacks", json={**NEW, "address": "+37322000000"})
    assert again.status_code == 409
    assert again.json()["error"]["existing_id"] == contact_id
    headers = {"Idempotency-Key": "form-7"}
    body = {**NEW, "address": "+37322111111"}
    first = await sofia.post("/api/callbacks", json=body, headers=headers)
    repeated = await sofia.post("/api/callbacks", json=body, headers=headers)
    assert first.json() == repeated.json()


async def test_what_is_no_callback_is_not_tried(company: Company) -> None:
    contact_id = await company.engage("anna")
    anna = await company.sign_in("anna")
    answer = await anna.post(f"/api/contacts/{contact_id}/attempt", json={"result": "busy"})
    assert answer.status_code == 422
    answer = await anna.post("/api/callbacks/999/reschedule", json={"due_ms": None})
    assert answer.status_code == 404


async def test_an_agent_sends_the_customer_into_a_flow(company: Company) -> None:
    await company.obey(cmd.SaveSetting(TALK))
    contact_id = await company.engage("anna")
    anna = await company.sign_in("anna")
    url = f"/api/contacts/{contact_id}/transfer"
    unknown = await anna.post(url, json={"to_flow_id": "nowhere"})
    assert unknown.status_code == 404
    assert (await anna.post(url, json={"to_flow_id": "hotline"})).status_code == 204
    contact = company.runtime.live.find_contact(contact_id)
    assert contact is not None
    assert contact.state.value == "self_service"


async def test_a_contact_opens_in_a_flow_or_in_a_queue(company: Company) -> None:
    await company.obey(cmd.SaveSetting(TALK))
    key = await company.create_key(Role.AGENT, "sofia")
    program = company.connect(Authorization=f"Bearer {key}")
    body = {"channel": "webchat", "channel_ref": "1", "flow_id": "hotline", "language": "ro"}
    opened = await program.post("/api/contacts", json=body)
    assert opened.status_code == 201, opened.text
    contact = company.runtime.live.find_contact(opened.json()["contact_id"])
    assert contact is not None
    assert (contact.state.value, contact.language) == ("self_service", "ro")
    both = await program.post(
        "/api/contacts", json={**body, "channel_ref": "2", "queue_id": "sales"}
    )
    assert both.status_code == 422
    neither = {"channel": "webchat", "channel_ref": "3"}
    assert (await program.post("/api/contacts", json=neither)).status_code == 404
