"""Signing in and out, and what a session is worth."""

from __future__ import annotations

import asyncio
from pathlib import Path

from frontdesk.api.parts import ApiSettings
from frontdesk.kernel.commands import RemoveSetting, SaveSetting
from frontdesk.kernel.settings import AgentProfile, Role
from frontdesk.runtime.rate_limits import RateLimit
from tests.support.company import PASSWORD, Company, open_company


async def test_signing_in_tells_who_one_is(company: Company) -> None:
    client = await company.sign_in("sofia")
    answer = await client.get("/api/session")
    assert answer.json() == {
        "agent_id": "sofia",
        "name": "Sofia",
        "role": "supervisor",
        "locale": "en",
        "csrf_token": client.headers["X-CSRF-Token"],
    }


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(company: Company) -> None:
    answer = await company.connect().post(
        "/api/session", json={"login": "anna", "password": PASSWORD}
    )
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert answer.headers["cache-control"] == "no-store"


async def test_wrong_logins_and_wrong_passwords_look_alike(company: Company) -> None:
    client = company.connect()
    wrong = [
        await client.post("/api/session", json={"login": login, "password": "wrong password"})
        for login in ("anna", "nobody")
    ]
    assert [answer.status_code for answer in wrong] == [401, 401]
    assert wrong[0].json() == wrong[1].json()


async def test_guessing_is_slowed_down_by_login_and_by_address(
    migrated_dsn: str, tmp_path: Path
) -> None:
    settings = ApiSettings(
        sign_ins_by_login=RateLimit(burst=3, per_minute=1),
        sign_ins_by_address=RateLimit(burst=5, per_minute=1),
    )

    async def guess(client_address: str, login: str, password: str = "wrong") -> int:
        answer = await company.connect(client_address).post(
            "/api/session", json={"login": login, "password": password}
        )
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) > 0
        return answer.status_code

    async with open_company(migrated_dsn, tmp_path, api=settings) as company:
        assert [await guess("203.0.113.1", "anna") for _ in range(4)] == [401, 401, 401, 429]
        assert await guess("203.0.113.2", " ANNA ", PASSWORD) == 429
        assert await guess("203.0.113.1", "boris", PASSWORD) == 200
        others = [await guess("203.0.113.3", f"somebody-{n}") for n in range(6)]
        assert others == [401] * 5 + [429]


async def test_signing_out_ends_the_session_on_the_server(company: Company) -> None:
    client = await company.sign_in("anna")
    cookies = dict(client.cookies)
    assert (await client.delete("/api/session")).status_code == 204
    stale = company.connect()
    stale.cookies.update(cookies)
    assert (await stale.get("/api/session")).status_code == 401


async def test_changing_the_password_ends_all_other_sessions(company: Company) -> None:
    here, elsewhere = await company.sign_in("anna"), await company.sign_in("anna")
    body = {"password": PASSWORD, "new_password": "another one, and longer"}
    assert (await here.put("/api/session/password", json=body)).status_code == 204
    assert (await here.get("/api/session")).status_code == 200
    assert (await elsewhere.get("/api/session")).status_code == 401
    wrong = await here.put("/api/session/password", json=body)
    assert wrong.status_code == 422


async def test_a_change_of_role_holds_at_once(company: Company) -> None:
    client = await company.sign_in("anna")
    assert (await client.get("/api/audit")).status_code == 403
    profile = AgentProfile(agent_id="anna", name="Anna", role=Role.ADMINISTRATOR)
    await company.obey(SaveSetting(profile))
    assert (await client.get("/api/audit")).status_code == 200


async def test_a_removed_agent_is_shown_out(company: Company) -> None:
    client = await company.sign_in("anna")
    await company.obey(RemoveSetting("agent_profile", "anna"))
    assert (await client.get("/api/session")).status_code == 401
    answer = await company.connect().post(
        "/api/session", json={"login": "anna", "password": PASSWORD}
    )
    assert answer.status_code == 401


async def test_nothing_is_changed_without_the_csrf_token(company: Company) -> None:
    client = await company.sign_in("adam")
    del client.headers["X-CSRF-Token"]
    skill = {"kind": "skill", "skill_id": "russian", "name": "Russian"}
    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 64}):
        answer = await client.put("/api/settings/skill/russian", json=skill, headers=headers)
        assert answer.status_code == 403
    assert (await client.get("/api/settings/skill/russian")).status_code == 404


async def test_another_sites_page_changes_nothing(company: Company) -> None:
    client = await company.sign_in("anna")
    url, body = "/api/agents/anna/presence", {"presence": "available"}
    foreign = await client.put(url, json=body, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    own = await client.put(url, json=body, headers={"Origin": "http://desk.test"})
    assert own.status_code == 204


async def test_an_api_key_needs_no_csrf_token_and_ends_with_its_removal(
    company: Company,
) -> None:
    administrator = await company.sign_in("adam")
    answer = await administrator.post(
        "/api/api-keys", json={"name": "Wallboard", "role": "supervisor"}
    )
    created = answer.json()
    program = company.connect(Authorization=f"Bearer {created['text']}")
    session = (await program.get("/api/session")).json()
    assert (session["role"], session["agent_id"]) == ("supervisor", None)
    queues = {"queue_ids": ["support"]}
    assert (await program.put("/api/agents/anna/queues", json=queues)).status_code == 204
    listed = (await administrator.get("/api/api-keys")).json()["items"]
    assert [key["key_id"] for key in listed] == [created["key"]["key_id"]]
    assert created["text"].rpartition("_")[2] not in str(listed)
    await administrator.delete(f"/api/api-keys/{created['key']['key_id']}")
    assert (await program.get("/api/session")).status_code == 401


async def test_an_agents_key_is_worth_no_more_than_the_agent(company: Company) -> None:
    text = await company.create_key(Role.ADMINISTRATOR, "anna")
    program = company.connect(Authorization=f"Bearer {text}")
    session = (await program.get("/api/session")).json()
    assert (session["role"], session["agent_id"]) == ("agent", "anna")


async def test_a_forged_key_is_nobodys(company: Company) -> None:
    client = await company.sign_in("adam")
    for header in (b"Bearer", b"Bearer fdk_x_y", b"Bearer \xe9", b"Basic YTpi", b"fdk_x_y", b""):
        answer = await client.get("/api/session", headers={b"Authorization": header})
        assert answer.status_code == 401, header


async def test_one_caller_cannot_use_up_the_server(migrated_dsn: str, tmp_path: Path) -> None:
    settings = ApiSettings(requests=RateLimit(burst=10, per_minute=1))
    async with open_company(migrated_dsn, tmp_path, api=settings) as company:
        busy, calm = await company.sign_in("anna"), await company.sign_in("boris")
        answers = await asyncio.gather(*(busy.get("/api/session") for _ in range(20)))
        assert sorted(a.status_code for a in answers) == [200] * 10 + [429] * 10
        assert (await calm.get("/api/session")).status_code == 200
