"""What the designer asks of the server."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from frontdesk.api.ready_flows.library import ReadyFlow, ready_flows
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.flows.schema import build_flow_schema
from frontdesk.kernel.hours import Hours
from tests.support.company import Company

LACKS = re.compile(r"'\?\w+'|There is no (look-up|intent|flow) ")
"""What may be wrong with a ready flow where nothing has been made for it yet."""

FLOW = {"kind": "flow", "flow_id": "line", "name": "Hot line", "start": "", "nodes": []}


async def test_a_faulty_flow_is_kept_as_a_draft_until_it_is_thrown_away(company: Company) -> None:
    adam = await company.sign_in("adam")
    assert (await adam.get("/api/flows/line/draft")).status_code == 404
    saved = await adam.put("/api/flows/line/draft", json={"flow": FLOW, "revision": 0})
    assert saved.json() == (await adam.get("/api/flows/line/draft")).json()
    assert (saved.json()["flow"], saved.json()["saved_by"]) == (FLOW, "agent:adam")
    (entry,) = (await adam.get("/api/flows/drafts")).json()["items"]
    assert (entry["flow_id"], entry["name"]) == ("line", "Hot line")
    assert (await adam.delete("/api/flows/line/draft")).status_code == 204
    assert (await adam.delete("/api/flows/line/draft")).status_code == 404


async def test_a_draft_that_somebody_else_changed_is_not_written_over(company: Company) -> None:
    adam = await company.sign_in("adam")
    body = {"flow": FLOW, "revision": 0}
    assert (await adam.put("/api/flows/line/draft", json=body)).status_code == 200
    again = await adam.put("/api/flows/line/draft", json=body)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "wrong_state")
    mixed = await adam.put("/api/flows/other/draft", json=body)
    assert mixed.status_code == 422


MENU: dict[str, Any] = {
    "kind": "flow",
    "flow_id": "menu",
    "name": "Menu",
    "languages": ["en", "ro"],
    "start": "hello",
    "fallback_queue_id": "support",
    "nodes": [
        {"kind": "say", "node_id": "hello", "text": {"en": "Hello", "ro": "Salut"}, "next": "ask"},
        {
            "kind": "ask",
            "node_id": "ask",
            "text": "What is it about?",
            "answer": {
                "kind": "choice",
                "choices": [
                    {"value": "sales", "label": "A purchase", "key": "1", "next": "queue"},
                    {"value": "none", "label": "Nothing", "key": "2", "next": "bye"},
                ],
            },
            "no_match": "queue",
            "no_answer": "bye",
        },
        {"kind": "queue", "node_id": "queue", "queue_id": "sales"},
        {"kind": "end", "node_id": "bye", "text": "Goodbye", "outcome": "nothing"},
    ],
}


async def attempt(
    company: Company, flow: dict[str, Any], *inputs: dict[str, Any], channel: str = "webchat"
) -> Any:
    adam = await company.sign_in("adam")
    body = {"flow": flow, "channel": channel, "language": "ro", "inputs": list(inputs)}
    answer = await adam.post("/api/flows/try", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_flow_is_checked_without_being_saved(company: Company) -> None:
    adam = await company.sign_in("adam")
    assert (await adam.post("/api/flows/check", json=MENU)).json() == {"problems": []}
    faulty = {**MENU, "nodes": MENU["nodes"][:3]}
    problems = (await adam.post("/api/flows/check", json=faulty)).json()["problems"]
    assert {problem["node_id"] for problem in problems} == {"ask"}
    assert {problem["severity"] for problem in problems} == {"error"}
    assert (await adam.get("/api/settings/flow")).json()["items"] == []


async def test_a_flow_is_tried_input_by_input_and_nothing_is_kept(company: Company) -> None:
    seq = company.runtime.position.seq
    begun = await attempt(company, MENU)
    assert [message["text"] for message in begun["messages"]] == ["Salut", "What is it about?"]
    assert begun["messages"][1]["shown"] == {
        "manner": "buttons",
        "text": "What is it about?",
        "buttons": [
            {"value": "sales", "label": "A purchase"},
            {"value": "none", "label": "Nothing"},
        ],
    }
    assert (begun["state"], begun["node_id"]) == ("waiting_for_answer", "ask")
    chosen = await attempt(company, MENU, {"choice": "sales"})
    assert chosen["messages"][-1]["text"] == "A purchase"
    assert chosen["passed"] == [["hello", "next", "ask"], ["ask", "choice:sales", "queue"]]
    assert (chosen["state"], chosen["outcome"]) == ("queued", "Sales")
    assert chosen["variables"]["answer"] == "sales"
    written = await attempt(company, MENU, {"text": "hm"}, {"text": "2"}, {"text": "more"})
    assert (written["state"], written["outcome"]) == ("ended", "nothing")
    silent = await attempt(company, MENU, {"silence": True})
    assert silent["passed"][-1] == ["ask", "no_answer", "bye"]
    assert company.runtime.position.seq == seq


async def test_a_flow_is_shown_as_the_channel_puts_it(company: Company) -> None:
    short = await attempt(company, MENU, channel="sms")
    text = "What is it about?\n1: A purchase\n2: Nothing\nRăspundeți cu numărul."
    assert short["messages"][1]["shown"]["texts"] == [{"text": text, "segments": 1}]
    spoken = (await attempt(company, MENU, channel="voice"))["messages"][1]["shown"]
    assert [each["text"] for each in spoken["utterances"]] == [
        "What is it about?",
        "A purchase: apăsați unu.",
        "Nothing: apăsați doi.",
    ]
    pressed = await attempt(company, MENU, {"keys": "2"}, channel="voice")
    assert (pressed["messages"][2]["text"], pressed["outcome"]) == ("2", "nothing")
    written = (await attempt(company, MENU, channel="email"))["messages"][1]["shown"]
    assert written["text"].startswith("What is it about?\n\n- A purchase\n- Nothing\n\n")


async def test_a_waiting_flow_is_tried_beside_a_queue(company: Company) -> None:
    flow = {
        **MENU,
        "use": "waiting",
        "start": "wait",
        "nodes": [
            {"kind": "pause", "node_id": "wait", "duration_ms": 10_000, "next": "tell"},
            {
                "kind": "say",
                "node_id": "tell",
                "text": "You are number {queue.position}",
                "next": "wait",
            },
        ],
    }
    begun = await attempt(company, flow)
    assert (begun["state"], begun["messages"]) == ("pausing", [])
    later = await attempt(company, flow, {"silence": True}, {"silence": True})
    assert [m["text"] for m in later["messages"]] == ["You are number 1"] * 2


async def test_a_faulty_flow_is_not_tried(company: Company) -> None:
    adam = await company.sign_in("adam")
    faulty = {**MENU, "nodes": MENU["nodes"][1:]}
    answer = await adam.post("/api/flows/try", json={"flow": faulty, "channel": "sms"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


async def test_the_schema_of_a_flow_is_published(company: Company) -> None:
    adam = await company.sign_in("adam")
    published = msgspec.json.decode(msgspec.json.encode(build_flow_schema()))
    assert (await adam.get("/api/flows/schema")).json() == published


async def test_ready_flows_come_in_the_readers_language(company: Company) -> None:
    adam = await company.sign_in("adam")
    templates = (await adam.get("/api/flows/templates?language=ru")).json()["items"]
    hot_line = next(t for t in templates if t["template_id"] == "hot_line")
    assert hot_line["name"] == hot_line["flow"]["name"] == "Горячая линия"
    assert hot_line["flow"]["fallback_queue_id"] == "sales"


@pytest.mark.parametrize("ready", ready_flows(), ids=lambda ready: ready.template_id)
async def test_a_ready_flow_lacks_at_most_what_the_centre_lacks(
    company: Company, ready: ReadyFlow
) -> None:
    assert not isinstance(ready.name, str)
    assert not isinstance(ready.description, str)
    assert {*ready.name} == {*ready.description} == {"en", "ru", "ro"}
    adam = await company.sign_in("adam")

    async def find_problems() -> list[dict[str, Any]]:
        templates = (await adam.get("/api/flows/templates")).json()["items"]
        (flow,) = (t["flow"] for t in templates if t["template_id"] == ready.template_id)
        answer = await adam.post("/api/flows/check", json=flow)
        assert answer.status_code == 200, answer.text
        problems: list[dict[str, Any]] = answer.json()["problems"]
        return problems

    without = await find_problems()
    assert all(LACKS.search(problem["detail"]) for problem in without)
    await company.obey(SaveSetting(Hours(hours_id="usual", name="Usual")))
    lacking = [problem["detail"] for problem in await find_problems()]
    assert not [d for d in lacking if "'?hours'" in d or "'?queue'" in d]
    if "?hours" in msgspec.json.encode(ready.flow).decode():
        assert len(lacking) < len(without)
