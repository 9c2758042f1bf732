"""What would have been, asked over the API of a centre with a past."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.simulator.what_if.week import journal_of, one_day
from tests.support.company import Company, build_journal, open_company

DAY = "2026-01-05"
MORE = {"change": "agents", "count": 2, "team_id": "front"}


@pytest.fixture
async def company(migrated_dsn: str, tmp_path: Path) -> AsyncIterator[Company]:
    """A company whose journal begins with a day of work."""
    journal = build_journal(migrated_dsn)
    await journal.claim()
    await journal.append(journal_of(one_day()).store.envelopes)
    await journal.close()
    async with open_company(migrated_dsn, tmp_path) as opened:
        yield opened


@pytest.fixture
async def sofia(company: Company) -> httpx.AsyncClient:
    return await company.sign_in("sofia")


async def ask(sofia: httpx.AsyncClient, **question: Any) -> int:
    answer = await sofia.post(
        "/api/what-if/runs", json={"first_day": DAY, "replications": 6, **question}
    )
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "reading"
    return answer.json()["run_id"]


async def answered(company: Company, sofia: httpx.AsyncClient, run_id: int) -> dict[str, Any]:
    """The run when it is over."""
    await company.until(lambda: company.parts.what_ifs.find(run_id).is_over)
    return (await sofia.get(f"/api/what-if/runs/{run_id}")).json()


async def test_a_day_is_rebuilt_validated_and_changed(
    company: Company, sofia: httpx.AsyncClient
) -> None:
    run_id = await ask(sofia, changes=[MORE], money={"cost_per_hour": 20, "value_per_contact": 5})
    run = await answered(company, sofia, run_id)
    assert (run["state"], run["done"], run["of"]) == ("done", 12, 12), run["detail"]
    study = run["answer"]["study"]
    assert study["validation"]["holds"]
    by_measure = {one["measure"]: one for one in study["effect"]["figures"]}
    assert by_measure["service_level"]["difference"]["value"] > 0
    assert by_measure["cost"]["difference"]["value"] == pytest.approx(20 * 2 * 8.1, rel=0.05)
    runs = (await sofia.get("/api/what-if/runs")).json()["items"]
    assert [one["run_id"] for one in runs] == [run_id]


async def test_one_question_at_a_time_and_it_can_be_stopped(
    company: Company, sofia: httpx.AsyncClient
) -> None:
    run_id = await ask(sofia, replications=500)
    second = await sofia.post("/api/what-if/runs", json={"first_day": DAY})
    assert (second.status_code, second.json()["error"]["code"]) == (409, "wrong_state")
    stopped = await sofia.post(f"/api/what-if/runs/{run_id}/stop")
    assert stopped.status_code == 202
    assert (await answered(company, sofia, run_id))["state"] == "stopped"
    await answered(company, sofia, await ask(sofia))


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ({"first_day": "2025-06-01"}, "too_little"),
        ({"changes": [{"change": "agents", "count": 1, "team_id": "night"}]}, "not_there"),
        ({"after_day": "2026-01-06"}, "too_little"),
    ],
)
async def test_what_has_no_answer_says_why(
    company: Company, sofia: httpx.AsyncClient, question: dict[str, Any], problem: str
) -> None:
    run = await answered(company, sofia, await ask(sofia, **question))
    assert (run["state"], run["problem"]) == ("failed", problem)
    assert run["detail"]


async def test_questions_that_mean_nothing_are_refused(sofia: httpx.AsyncClient) -> None:
    for question in (
        {"days": 0},
        {"replications": 1},
        {"changes": [{"change": "volume", "ratio": -1}]},
        {"changes": [{"change": "weather"}]},
    ):
        answer = await sofia.post("/api/what-if/runs", json={"first_day": DAY, **question})
        assert answer.status_code == 400, answer.text
    for question in ({"first_day": "1066-10-14"}, {"after_day": DAY, "changes": [MORE]}):
        answer = await sofia.post("/api/what-if/runs", json={"first_day": DAY, **question})
        assert answer.status_code == 422, answer.text
    assert (await sofia.get("/api/what-if/runs/99")).status_code == 404
