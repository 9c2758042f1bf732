"""What administrators see of the understanding of texts, and how they try it."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.flows import document as doc
from frontdesk.runtime.understanding_report import ModelReadiness
from tests.kernel.flows.stage import end, flow
from tests.support.company import Company
from tests.support.intents import SMALL

LISTEN = flow(
    doc.Classify(
        node_id="listen",
        text="'my parrot has flown away'",
        routes=(doc.IntentRoute(intent_id="balance", next="told"),),
        unsure="told",
    ),
    end("told", text="Goodbye."),
    fallback_queue_id="sales",
)


async def teach(company: Company, admin: httpx.AsyncClient) -> None:
    for intent in SMALL:
        body = msgspec.to_builtins(intent)
        saved = await admin.put(f"/api/settings/intent/{intent.intent_id}", json=body)
        assert saved.status_code == 200, saved.text
    oversight = company.parts.oversight
    assert oversight is not None
    await company.until(
        lambda: (
            oversight.state().readiness is ModelReadiness.READY
            and oversight.state().intents == len(SMALL)
        )
    )


async def report(admin: httpx.AsyncClient) -> dict[str, Any]:
    answer = await admin.get("/api/understanding/report")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_company_without_intents_is_told_so(company: Company) -> None:
    admin = await company.sign_in("adam")
    state = (await admin.get("/api/understanding")).json()
    assert (state["model"], state["readiness"], state["examples"]) == ("local", "untrained", 0)
    tried = (await admin.post("/api/understanding/try", json={"text": "hello"})).json()
    assert (tried["intents"], bool(tried["problem"])) == ([], True)
    starters = (await admin.get("/api/understanding/starters")).json()["items"]
    assert len(starters) >= 20
    assert all(starter["examples"] for starter in starters)


async def test_examples_are_learnt_told_of_and_tried(company: Company) -> None:
    admin = await company.sign_in("adam")
    await teach(company, admin)
    state = (await admin.get("/api/understanding")).json()
    assert state["examples"] == sum(len(intent.examples) for intent in SMALL)
    assert state["took_ms"] >= 0
    tried = (await admin.post("/api/understanding/try", json={"text": "какой баланс"})).json()
    assert (tried["language"], tried["problem"]) == ("ru", "")
    assert tried["intents"][0]["intent_id"] == "balance"
    figures = await report(admin)
    assert {each["intent_id"] for each in figures["intents"]} == {i.intent_id for i in SMALL}
    assert figures["candidates"] == []


async def test_what_a_flow_was_unsure_of_is_a_candidate_until_it_is_an_example(
    company: Company,
) -> None:
    admin = await company.sign_in("adam")
    await teach(company, admin)
    await company.obey(cmd.SaveSetting(LISTEN))
    for confidence, channel_ref in ((0.2, "first"), (0.9, "second")):
        asked = await ask(company, channel_ref)
        answer = cmd.AnswerClassification(
            asked.run_id, asked.request_id, (("balance", confidence),), {}, "en"
        )
        await company.obey(answer)
    (candidate,) = (await report(admin))["candidates"]
    assert (candidate["text"], candidate["times"]) == ("my parrot has flown away", 1)


async def ask(company: Company, channel_ref: str) -> ev.ClassificationAsked:
    opened = await company.obey(cmd.OpenContact("webchat", channel_ref, flow_id=LISTEN.flow_id))
    return next(event for event in opened if isinstance(event, ev.ClassificationAsked))
