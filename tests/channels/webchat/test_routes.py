"""The widget's side over HTTP: how it looks, who may carry it, what a customer may have."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from frontdesk.channels.webchat.limits import WebchatLimits
from frontdesk.kernel.commands import Author, EndContact, PostMessage, SaveSetting
from frontdesk.kernel.settings import Hours, Queue, Widget, WidgetTopic
from frontdesk.runtime.rate_limits import RateLimit
from tests.support.company import Company, open_company

BASE = "/api/webchat/demo"
ELSEWHERE = "203.0.113.7"


def opening(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"client_id": f"{number:024d}", "name": "Ion", "topic_id": "sales", **changes}


async def open_contact(
    client: httpx.AsyncClient, number: int = 1, **changes: Any
) -> dict[str, Any]:
    answer = await client.post(f"{BASE}/contacts", json=opening(number, **changes))
    assert answer.status_code == 201, answer.text
    opened: dict[str, Any] = answer.json()
    return opened


async def test_the_widget_is_told_how_it_looks_and_what_is_open(company: Company) -> None:
    await company.obey(SaveSetting(Hours(hours_id="never", name="Never")))
    await company.obey(SaveSetting(Queue(queue_id="night", name="Night", hours_id="never")))
    widget = Widget(
        widget_id="demo",
        name="Demo",
        title="Talk",
        topics=(
            WidgetTopic(topic_id="sales", name="Sales", queue_id="sales"),
            WidgetTopic(topic_id="night", name="Night", queue_id="night"),
        ),
    )
    await company.obey(SaveSetting(widget))
    config = (await company.connect().get(f"{BASE}/config")).json()
    assert config["title"] == "Talk"
    assert [(t["topic_id"], t["open"]) for t in config["topics"]] == [
        ("sales", True),
        ("night", False),
    ]
    assert "image/png" in config["attachments"]["types"]
    assert (await company.connect().get("/api/webchat/other/config")).status_code == 404


async def test_a_page_may_carry_it_where_it_is_allowed(company: Company) -> None:
    topics = (WidgetTopic(topic_id="sales", name="Sales", queue_id="sales"),)
    widget = Widget(
        widget_id="demo", name="Demo", topics=topics, allowed_origins=("https://shop.example",)
    )
    await company.obey(SaveSetting(widget))
    shop = company.connect(Origin="https://shop.example")
    preflight = await shop.options(
        f"{BASE}/contacts",
        headers={
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "https://shop.example"
    opened = await shop.post(f"{BASE}/contacts", json=opening())
    assert opened.headers["access-control-allow-origin"] == "https://shop.example"
    assert "access-control-allow-credentials" not in opened.headers
    evil = company.connect(Origin="https://evil.example")
    refused = await evil.post(f"{BASE}/contacts", json=opening(2))
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers
    desk = await shop.get("/api/session")
    assert "access-control-allow-origin" not in desk.headers


async def test_a_returning_visitor_has_a_history(company: Company) -> None:
    client = company.connect()
    first = await open_contact(client)
    contact_id = first["contact_id"]
    await company.obey(PostMessage(contact_id, Author.CUSTOMER, "1", "The first question"))
    note = PostMessage(contact_id, Author.AGENT, "2", "between us", "anna", (), internal=True)
    await company.obey(note)
    await company.obey(EndContact(contact_id, Author.CUSTOMER))
    again = await open_contact(client, 2, visitor_token=first["visitor_token"])
    assert again["contact_id"] != contact_id
    await company.settle_records()
    query = {"visitor_token": first["visitor_token"]}
    contacts = (await client.get(f"{BASE}/history", params=query)).json()["contacts"]
    texts = {c["contact_id"]: [m["text"] for m in c["messages"]] for c in contacts}
    assert texts == {again["contact_id"]: [], contact_id: ["The first question"]}
    stranger = await open_contact(client, 3)
    query = {"visitor_token": stranger["visitor_token"]}
    contacts = (await client.get(f"{BASE}/history", params=query)).json()["contacts"]
    assert contact_id not in [c["contact_id"] for c in contacts]
    transcript = await client.get(f"{BASE}/transcript", params={"token": first["token"]})
    assert "The first question" in transcript.text
    assert "between us" not in transcript.text
    assert transcript.headers["content-disposition"].startswith("attachment")


async def test_forged_tokens_open_nothing(company: Company) -> None:
    client = company.connect()
    opened = await open_contact(client)
    other = f"{opened['contact_id'] + 1}.{opened['token'].partition('.')[2]}"
    for token in (other, "x", "1.", opened["visitor_token"]):
        for url in ("/transcript", "/attachments/x"):
            answer = await client.get(BASE + url, params={"token": token})
            assert answer.status_code == 401, (url, token)
        rating = await client.post(f"{BASE}/rating", params={"token": token}, json={"score": 1})
        assert rating.status_code == 401
        file = {"file": ("a.txt", b"text", "text/plain")}
        answer = await client.post(f"{BASE}/attachments", params={"token": token}, files=file)
        assert answer.status_code == 401
    answer = await client.get(f"{BASE}/history", params={"visitor_token": opened["token"]})
    assert answer.status_code == 401
    answer = await client.post(f"{BASE}/contacts", json=opening(2, visitor_token="web-x.forged"))
    assert answer.status_code == 401


async def test_a_customers_file_is_for_the_contact_alone(company: Company) -> None:
    client = company.connect()
    mine, theirs = await open_contact(client, 1), await open_contact(client, 2)
    params = {"token": mine["token"]}
    file = {"file": ("bill.pdf", b"%PDF-1.7 ...", "application/pdf")}
    answer = await client.post(f"{BASE}/attachments", params=params, files=file)
    assert answer.status_code == 201, answer.text
    url = f"{BASE}/attachments/{answer.json()['blob_id']}"
    served = await client.get(url, params=params)
    assert served.content == b"%PDF-1.7 ..."
    assert served.headers["content-disposition"].startswith("attachment")
    stolen = await client.get(url, params={"token": theirs["token"]})
    assert stolen.status_code == 404
    page = {"file": ("a.html", b"<script>", "text/html")}
    refused = await client.post(f"{BASE}/attachments", params=params, files=page)
    assert refused.status_code == 415


async def test_openings_make_sense_or_are_refused(company: Company) -> None:
    client = company.connect()
    for changes, status_code in (
        ({"client_id": "short"}, 400),
        ({"topic_id": "unknown"}, 422),
        ({"name": "x" * 101}, 400),
        ({"role": "administrator"}, 400),
    ):
        answer = await client.post(f"{BASE}/contacts", json={**opening(), **changes})
        assert answer.status_code == status_code, changes
    assert not company.runtime.live.board.state.contacts


async def test_one_address_cannot_fill_the_queue(migrated_dsn: str, tmp_path: Path) -> None:
    limits = WebchatLimits(openings_by_address=RateLimit(burst=3, per_minute=1))
    async with open_company(migrated_dsn, tmp_path, webchat=limits) as company:
        client = company.connect(ELSEWHERE)
        answers = [await client.post(f"{BASE}/contacts", json=opening(n)) for n in range(5)]
        assert [a.status_code for a in answers] == [201] * 3 + [429] * 2
        assert int(answers[-1].headers["retry-after"]) > 0
        calm = company.connect("203.0.113.8")
        assert (await calm.post(f"{BASE}/contacts", json=opening(9))).status_code == 201


async def test_repeats_at_once_open_one_contact(company: Company) -> None:
    client = company.connect()
    opened = await asyncio.gather(*(open_contact(client) for _ in range(5)))
    assert len({o["contact_id"] for o in opened}) == 1
