"""Signing in and out, and what a session is worth."""

from __future__ import annotations


async def test_signing_in_tells_who_one_is(company) -> None:
    client = await company.sign_in("sofia")
    answer = await client.get("/api/session")
    assert answer.json() == {
        "agent_id": "sofia",
        "name": "Sofia",
        "role": "supervisor",
        "locale": "en",
        "csrf_token": client.headers["X-CSRF-Token"],
    }


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(company) -> None:
    answer = await company.connect().post(
        "/api/session", json={"login": "anna", "password": "correct horse battery staple"}
    )
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
