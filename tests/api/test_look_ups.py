"""Look-ups, their secrets and knowledge over the API."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from tests.support.company import Company
from tests.support.outside_server import OutsideServer, Reply, outside_server

TOKEN = "t0ken-of-the-shop"
ARTICLE = {
    "title": "Refunds",
    "body": "Within 30 days.",
    "language": "en",
    "questions": ["I want my money back"],
    "published": True,
}


def order(system: OutsideServer, **source: Any) -> dict[str, Any]:
    return {
        "kind": "look_up",
        "look_up_id": "order",
        "name": "Order",
        "parameters": ["order"],
        "source": {
            "kind": "http",
            "url": f"http://127.0.0.1:{system.port}/orders/{{order}}",
            "secret": "shop",
            "result": {"state": "$.state"},
            **source,
        },
        "private_addresses": True,
    }


async def save(admin: httpx.AsyncClient, look_up: dict[str, Any]) -> None:
    answer = await admin.put(f"/api/settings/look_up/{look_up['look_up_id']}", json=look_up)
    assert answer.status_code == 200, answer.text


async def attempt(admin: httpx.AsyncClient, **parameters: Any) -> dict[str, Any]:
    answer = await admin.post("/api/look-ups/order/try", json={"parameters": parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_look_up_is_saved_given_its_secret_and_tried(company: Company) -> None:
    admin = await company.sign_in("adam")
    async with outside_server() as system:
        system.replies = [Reply(body=b'{"state": "sent"}')]
        await save(admin, order(system))
        tried = await attempt(admin, order="7")
        assert (tried["result"], tried["error"]["code"]) == (None, "missing_secret")
        assert system.connections == 0
        set_ = await admin.put("/api/secrets/shop", json={"value": TOKEN})
        assert set_.status_code == 204
        tried = await attempt(admin, order="7")
        assert (tried["result"], tried["error"]) == ({"state": "sent"}, None)
        assert tried["took_ms"] >= 0
        assert system.got[0].headers["authorization"] == f"Bearer {TOKEN}"
        tried = await attempt(admin)
        assert tried["error"]["code"] == "missing_parameter"
        assert "order" in tried["error"]["detail"]
        system.replies = [Reply(500)]
        await save(admin, order(system, retries=0))
        assert (await attempt(admin, order="7"))["error"] == {
            "code": "bad_status",
            "detail": "The outside system answered with status 500",
            "retryable": True,
        }


async def test_a_secret_is_nowhere_to_be_read(company: Company) -> None:
    admin = await company.sign_in("adam")
    async with outside_server() as system:
        system.replies = [Reply(body=msgspec.json.encode({"state": TOKEN}))]
        await save(admin, order(system))
        await admin.put("/api/secrets/shop", json={"value": TOKEN})
        assert (await attempt(admin, order="7"))["result"] == {"state": "•••"}
    listed = await admin.get("/api/secrets")
    assert [(each["name"], each["set_by"]) for each in listed.json()["items"]] == [
        ("shop", "agent:adam")
    ]
    await company.settle_records()
    for url in ("/api/secrets", "/api/audit", "/api/audit/records", "/api/settings/look_up"):
        answer = await admin.get(url)
        assert answer.status_code == 200
        assert TOKEN not in answer.text
    assert (await admin.get("/api/secrets/shop")).status_code == 405
    assert (await admin.delete("/api/secrets/shop")).status_code == 204
    assert (await admin.delete("/api/secrets/shop")).status_code == 404


@pytest.mark.parametrize("name", ["..", "a/b", "a b", "%00", "x" * 65, ".x"])
async def test_a_secret_has_a_plain_name(company: Company, name: str) -> None:
    admin = await company.sign_in("adam")
    answer = await admin.put(f"/api/secrets/{name}", json={"value": "x"})
    assert answer.status_code in (400, 404, 405)


async def test_a_faulty_look_up_is_not_saved(company: Company) -> None:
    admin = await company.sign_in("adam")
    bad = order(OutsideServer(1), url="http://{order}.example/")
    answer = await admin.put("/api/settings/look_up/order", json=bad)
    assert answer.status_code == 422
    assert "part of the host" in answer.json()["error"]["detail"]
    assert (await admin.post("/api/look-ups/order/try", json={})).status_code == 404


async def test_look_ups_and_intents_are_settings_like_any_other(company: Company) -> None:
    admin = await company.sign_in("adam")
    look_up = {
        "kind": "look_up",
        "look_up_id": "faq",
        "name": "Questions",
        "parameters": ["question"],
        "source": {"kind": "knowledge"},
    }
    intent = {"kind": "intent", "intent_id": "refund", "name": "Refund", "examples": ["money"]}
    for kind, entity in (("look_up", look_up), ("intent", intent)):
        url = f"/api/settings/{kind}/{entity[f'{kind}_id']}"
        saved = await admin.put(url, json=entity)
        assert saved.status_code == 200, saved.text
        assert (await admin.get(url)).json() == saved.json()
        assert (await admin.get(f"/api/settings/{kind}")).json()["items"] == [saved.json()]
        assert (await admin.delete(url)).status_code == 204
        assert (await admin.get(url)).status_code == 404


async def test_an_article_is_written_found_changed_and_put_back(company: Company) -> None:
    admin = await company.sign_in("adam")
    key = {"Idempotency-Key": "once"}
    made = await admin.post("/api/knowledge", json=ARTICLE, headers=key)
    assert made.status_code == 201, made.text
    article = made.json()
    again = await admin.post("/api/knowledge", json=ARTICLE, headers=key)
    assert again.json() == article
    other = await admin.post("/api/knowledge", json={**ARTICLE, "title": "X"}, headers=key)
    assert other.status_code == 422
    url = f"/api/knowledge/{article['article_id']}"
    anna = await company.sign_in("anna")
    search = "/api/knowledge/search?question=can+I+have+my+money+back"
    found = (await anna.get(search)).json()["items"]
    assert [each["article"]["title"] for each in found] == ["Refunds"]
    assert (await anna.get(url)).json() == article
    draft = {**ARTICLE, "published": False}
    saved = await admin.put(url, json=draft)
    assert (saved.status_code, saved.json()["published"]) == (200, False)
    assert (await anna.get(search)).json()["items"] == []
    assert (await anna.get(url)).status_code == 404
    assert len((await admin.get(f"{search}&drafts=true")).json()["items"]) == 1
    assert (await admin.delete(url)).status_code == 204
    assert (await admin.delete(url)).status_code == 404
    assert (await admin.put(url, json=ARTICLE)).json()["article_id"] == article["article_id"]
    assert [a["title"] for a in (await admin.get("/api/knowledge")).json()["items"]] == ["Refunds"]
    changes = (await admin.get("/api/audit/records")).json()["items"]
    assert [(c["actor"], c["removed"]) for c in changes] == [
        ("agent:adam", False),
        ("agent:adam", True),
        ("agent:adam", False),
        ("agent:adam", False),
    ]


async def test_a_flow_asks_the_articles_by_a_look_up(company: Company) -> None:
    admin = await company.sign_in("adam")
    await admin.post("/api/knowledge", json=ARTICLE)
    look_up = {
        "kind": "look_up",
        "look_up_id": "order",
        "name": "Questions",
        "parameters": ["question"],
        "source": {"kind": "knowledge"},
    }
    await save(admin, look_up)
    tried = await attempt(admin, question="I want my money back")
    assert tried["result"]["answer"] == "Within 30 days."
    tried = await attempt(admin, question="do you sell aquariums")
    assert tried["result"]["found"] is False
