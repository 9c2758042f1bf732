"""Reports of one's own making over the API: run, refused, written, saved, and what is behind."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest

from tests.api.test_contacts import open_contact, take
from tests.support.company import Company

TODAY = {"kind": "today"}


async def serve_one(company: Company) -> int:
    """A contact that Boris served and called solved."""
    boris = await company.sign_in("boris")
    contact_id = await open_contact(company, queue_id="support", channel_ref="s1")
    engagement_id = await take(company, boris, "boris")
    await boris.post(f"/api/contacts/{contact_id}/end")
    done = await boris.post(
        f"/api/engagements/{engagement_id}/wrap-up", json={"disposition_id": "solved"}
    )
    assert done.status_code == 204, done.text
    return contact_id


async def run(client: httpx.AsyncClient, **query: Any) -> Any:
    answer = await client.post("/api/reports/run", json={"period": TODAY, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_there_is_to_ask_is_told_in_the_callers_language(company: Company) -> None:
    sofia = await company.sign_in("sofia")
    catalogue = (await sofia.get("/api/reports/catalogue")).json()
    metrics = {metric["metric_id"]: metric for metric in catalogue["metrics"]}
    level = metrics["service_level_less_short_abandons"]
    assert level["formula"] == "Answered in time ÷ (Offered − Short abandons)"
    assert level["additivity"] == "ratio"
    assert {"queue", "channel"} <= set(level["cuts"][0])
    assert len(catalogue["ready"]) >= 15
    for report in catalogue["ready"]:
        query = {name: report[name] for name in ("metrics", "dimensions", "grain", "shares")}
        await run(sofia, **query)
    anna = await company.sign_in("anna")
    assert (await anna.get("/api/reports/catalogue")).status_code == 403
    assert (await anna.post("/api/reports/run", json={"metrics": ["offered"]})).status_code == 403


async def test_a_report_tells_what_was_done_and_by_whom(company: Company) -> None:
    contact_id = await serve_one(company)
    sofia = await company.sign_in("sofia")
    query = {"metrics": ["accepted", "dispositions"], "dimensions": ["agent"]}
    report = await run(sofia, **query)
    assert report["answer"]["rows"] == [{"keys": ["boris"], "values": [1, 1]}]
    assert report["labels"] == {"agent": {"boris": "Boris"}}
    before = await run(sofia, **query, back=1)
    assert (before["to_ms"], before["answer"]["rows"]) == (report["from_ms"], [])
    for metric_id, keys in (("accepted", ["boris"]), ("dispositions", [])):
        cell = {"query": {**query, "period": TODAY}, "metric_id": metric_id, "keys": keys}
        behind = await sofia.post("/api/reports/contacts", json=cell)
        assert behind.status_code == 200, behind.text
        assert [contact["contact_id"] for contact in behind.json()["items"]] == [contact_id]


@pytest.mark.parametrize(
    ("grain", "dimensions", "metric"),
    [
        ("interval", ["queue"], "offered"),
        ("hour", ["queue", "channel"], "answered"),
        ("day", ["wait_band"], "waits"),
        ("weekday", [], "engagements"),
        (None, ["outcome", "disposition", "callback", "topic"], "contacts"),
    ],
)
async def test_every_row_leads_to_its_contacts(
    company: Company, grain: str | None, dimensions: list[str], metric: str
) -> None:
    contact_id = await serve_one(company)
    sofia = await company.sign_in("sofia")
    query = {"metrics": [metric], "dimensions": dimensions, "grain": grain, "period": TODAY}
    (row,) = (await run(sofia, **query))["answer"]["rows"]
    cell = {"query": query, "metric_id": metric, "keys": row["keys"]}
    behind = (await sofia.post("/api/reports/contacts", json=cell)).json()
    assert [contact["contact_id"] for contact in behind["items"]] == [contact_id]
    elsewhere = {**cell, "query": {**query, "period": {"kind": "yesterday"}}}
    assert (await sofia.post("/api/reports/contacts", json=elsewhere)).json()["items"] == []


async def test_sessions_and_breaks_are_listed_one_by_one(company: Company) -> None:
    boris = await company.sign_in("boris")
    url = "/api/agents/boris/presence"
    for body in (
        {"presence": "available"},
        {"presence": "break", "break_reason_id": "lunch"},
        {"presence": "offline"},
    ):
        assert (await boris.put(url, json=body)).is_success
    sofia = await company.sign_in("sofia")
    report = (await sofia.get("/api/reports/presences", params={"agent_id": "boris"})).json()
    lunch, available = report["items"]
    assert (lunch["presence"], lunch["break_reason_id"]) == ("break", "lunch")
    assert (available["presence"], available["ended_ms"]) == ("available", lunch["started_ms"])
    assert not report["is_cut_short"]
    nobody = await sofia.get("/api/reports/presences", params={"agent_id": "anna"})
    assert nobody.json()["items"] == []


async def test_what_means_nothing_is_refused_with_the_reason(company: Company) -> None:
    sofia = await company.sign_in("sofia")
    query = {"metrics": ["occupancy_ratio"], "dimensions": ["queue"], "period": TODAY}
    answer = await sofia.post("/api/reports/run", json=query)
    assert answer.status_code == 422
    assert "signed in for all queues" in answer.json()["error"]["detail"]
    days = {"metrics": ["offered"], "period": {"kind": "days", "from_day": "2026-13-01"}}
    assert (await sofia.post("/api/reports/run", json=days)).status_code == 422


async def test_a_report_is_written_as_every_kind_of_file(company: Company) -> None:
    await serve_one(company)
    sofia = await company.sign_in("sofia")
    query = {"metrics": ["offered", "speed_of_answer_ms"], "dimensions": ["queue"]}
    body = {"name": "Очереди și cozi", "query": {**query, "period": TODAY}}

    async def export(kind: str) -> bytes:
        answer = await sofia.post(f"/api/reports/export?format={kind}", json=body)
        assert answer.status_code == 200, answer.text
        assert f'filename="report.{kind}"' in answer.headers["content-disposition"]
        return answer.content

    lines = (await export("csv")).decode("utf-8-sig").splitlines()
    assert lines[0] == 'Queue,Offered,"Speed of answer, s"'
    assert lines[1].startswith("Support,1,")
    assert lines[2].startswith("All,1,")
    book = zipfile.ZipFile(io.BytesIO(await export("xlsx")))
    assert "Очереди și cozi" in book.read("xl/sharedStrings.xml").decode()
    pdf = await export("pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"DejaVuSans" in pdf


async def test_reports_are_saved_changed_and_forgotten(company: Company) -> None:
    sofia = await company.sign_in("sofia")
    query = {"metrics": ["offered"], "filters": {"queue": ["sales"]}, "period": TODAY}
    made = await sofia.post("/api/saved-reports", json={"name": "Sales", "query": query})
    assert made.status_code == 201, made.text
    saved = made.json()
    assert (saved["query"]["filters"], saved["due_ms"]) == ({"queue": ["sales"]}, None)
    url = f"/api/saved-reports/{saved['report_id']}"
    schedule = {"cadence": "weekly", "recipients": ["boss@example.org"], "weekday": 0}
    changed = await sofia.put(url, json={"name": "S", "query": query, "schedule": schedule})
    assert changed.status_code == 200, changed.text
    assert changed.json()["due_ms"] > company.runtime.clock.now_ms()
    listed = (await sofia.get("/api/saved-reports")).json()["items"]
    assert [(report["name"], report["schedule"]["weekday"]) for report in listed] == [("S", 0)]
    assert (await sofia.get(f"{url}/mailings")).json() == {"items": []}
    nonsense = {"name": "N", "query": {**query, "metrics": ["wisdom"]}}
    assert (await sofia.post("/api/saved-reports", json=nonsense)).status_code == 422
    assert (await sofia.delete(url)).status_code == 204
    assert (await sofia.delete(url)).status_code == 404
