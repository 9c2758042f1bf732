"""What the designer asks of the server."""

from __future__ import annotations

from tests.support.company import Company

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
