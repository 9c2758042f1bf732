"""Whatever is sent, the answer is a clear error and nothing has changed."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from frontdesk.api.bodies import BODY_BYTES_MAX
from frontdesk.records.blobs.library import FILE_BYTES_MAX
from tests.support.company import Company, open_company

JSON = {"Content-Type": "application/json"}
URL = "/api/settings/skill/x"
SKILL = b'{"kind":"skill","skill_id":"x","name":"X"}'

BAD: list[tuple[bytes, dict[str, str], int]] = [
    (b"", JSON, 400),
    (b"{", JSON, 400),
    (b"null", JSON, 400),
    (b"[]", JSON, 400),
    (b"\xff\xfe", JSON, 400),
    (b'{"kind":"skill","skill_id":"x","name":"\xff"}', JSON, 400),
    (b'{"kind":"skill","skill_id":7,"name":"X"}', JSON, 400),
    (b'{"kind":"skill","skill_id":"x"}', JSON, 400),
    (b'{"kind":"skill","skill_id":"x","name":"X","more":1}', JSON, 400),
    (b'{"kind":"unicorn","skill_id":"x","name":"X"}', JSON, 400),
    (b'{"kind":"skill","skill_id":"x","name":"a\\u0000b"}', JSON, 400),
    (b'{"kind":"skill","skill_id":"x","name":"\\ud800"}', JSON, 400),
    (b"[" * 100_000, JSON, 400),
    (SKILL, {"Content-Type": "text/plain"}, 415),
    (SKILL, {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    (SKILL, {}, 415),
    (b" " * (BODY_BYTES_MAX + 1), JSON, 413),
    (b'{"kind":"skill","skill_id":"y","name":"X"}', JSON, 422),
    (b'{"kind":"skill","skill_id":"x","name":" "}', JSON, 422),
]


async def test_a_bad_body_is_refused_and_changes_nothing(company: Company) -> None:
    client = await company.sign_in("adam")
    seq = company.runtime.position.seq
    for body, headers, status_code in BAD:
        answer = await client.put(URL, content=body, headers=headers)
        assert answer.status_code == status_code, (body[:60], answer.text)
        error = answer.json()["error"]
        assert set(error) == {"code", "detail", "subject", "retryable", "existing_id"}
    assert company.runtime.position.seq == seq
    escaped = rb'{"kind":"skill","skill_id":"x","name":"a\\u0000b"}'
    assert (await client.put(URL, content=escaped, headers=JSON)).status_code == 200


async def test_ids_out_of_all_bounds_are_refused(company: Company) -> None:
    client = await company.sign_in("sofia")
    for contact_id in ("0", "-1", "9" * 30, "1e3", "x", "%00", "1.5"):
        answer = await client.get(f"/api/contacts/{contact_id}")
        assert answer.status_code in {400, 404}, contact_id
        assert answer.json()["error"]["code"] in {"bad_request", "not_found"}
    for query in ("limit=0", "limit=x", "cursor=x", "from_ms=-1", "state=lost", "limit=10000"):
        answer = await client.get(f"/api/contacts?{query}")
        assert answer.status_code == 400, query


async def test_an_unknown_address_is_answered_in_json(company: Company) -> None:
    client = await company.sign_in("anna")
    for url in ("/api/nothing", "/api/nothing/at/all", "/nothing.txt"):
        answer = await client.get(url)
        assert answer.status_code == 404, url
        assert answer.json()["error"]["code"] == "not_found", url
    answer = await client.request("PATCH", "/api/session")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


async def test_a_file_goes_with_a_message_and_only_its_contact_opens_it(
    company: Company,
) -> None:
    anna = await company.sign_in("anna")
    boris = await company.sign_in("boris")
    contact_id = await company.engage("anna")
    answer = await anna.post("/api/attachments", files={"file": ("a.png", PNG, "image/png")})
    assert answer.status_code == 201, answer.text
    attachment = answer.json()
    url = f"/api/contacts/{contact_id}/messages"
    forged = {**attachment, "name": "x.html", "media_type": "text/html"}
    body = {"client_id": "1", "attachments": [forged]}
    assert (await anna.post(url, json=body)).status_code == 201
    message = company.runtime.live.find_messages(contact_id)[0]
    assert message.attachments[0].media_type == "image/png"
    file_url = f"/api/attachments/{attachment['blob_id']}?contact={contact_id}"
    file = await anna.get(file_url)
    assert file.content == PNG
    assert file.headers["content-type"] == "image/png"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"] == "inline; filename*=UTF-8''a.png"
    assert "sandbox" in file.headers["content-security-policy"]
    assert (await boris.get(file_url)).status_code == 403
    elsewhere = await company.engage("boris", "support")
    other_url = f"/api/attachments/{attachment['blob_id']}?contact={elsewhere}"
    assert (await boris.get(other_url)).status_code == 404
    stolen = {"client_id": "1", "attachments": [attachment]}
    answer = await boris.post(f"/api/contacts/{elsewhere}/messages", json=stolen)
    assert answer.status_code == 422


async def test_files_that_are_not_allowed_are_refused(company: Company) -> None:
    client = await company.sign_in("anna")
    url = "/api/attachments"
    page = ("a.html", b"<script>alert(1)</script>", "text/html")
    assert (await client.post(url, files={"file": page})).status_code == 415
    liar = ("a.png", b"<script>alert(1)</script>", "image/png")
    assert (await client.post(url, files={"file": liar})).status_code == 415
    program = ("a.txt", b"MZ\x90\x00", "text/plain")
    assert (await client.post(url, files={"file": program})).status_code == 415
    assert (await client.post(url, files={"other": page})).status_code == 400
    assert (await client.post(url, json={"file": "x"})).status_code in {400, 415}
    too_large = ("a.txt", b"x" * (FILE_BYTES_MAX + 1), "text/plain")
    assert (await client.post(url, files={"file": too_large})).status_code == 413
    text = ("a.txt", b"<script>alert(1)</script>", "text/plain")
    answer = await client.post(url, files={"file": text})
    assert answer.json()["media_type"] == "text/plain"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What the web's build leaves behind, in little."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Desk</title>")
    (folder / "widget.js").write_text("void 0")
    (folder / "assets" / "index-1.js").write_text("void 1")
    (tmp_path / "secret.txt").write_text("nobody's business")
    return folder


async def test_pages_and_scripts_are_served_and_nothing_else(
    migrated_dsn: str, tmp_path: Path, built: Path
) -> None:
    async with open_company(migrated_dsn, tmp_path, static_folder=built) as company:
        client = company.connect()
        for url in ("/", "/desk", "/desk/contacts/7", "/floor", "/admin/queues"):
            page = await client.get(url)
            assert "Desk" in page.text, url
            assert page.headers["cache-control"] == "no-cache"
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        asset = await client.get("/assets/index-1.js")
        assert "immutable" in asset.headers["cache-control"]
        assert asset.headers["content-type"].startswith("text/javascript")
        widget = await client.get("/widget.js")
        assert widget.headers["access-control-allow-origin"] == "*"
        assert widget.headers["content-encoding"] == "gzip"
        assert widget.text == "void 0"
        plain = await client.get("/widget.js", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        same = await client.get("/widget.js", headers={"If-None-Match": plain.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        for url in (
            "/assets/../../secret.txt",
            "/assets/%2e%2e/%2e%2e/secret.txt",
            "/x.js",
            "/%00",
            "/assets/%00",
            "/" + "x" * 5_000,
            "/assets/index-1.js/more",
        ):
            assert (await client.get(url)).status_code == 404, url


async def test_health_says_whether_commands_are_decided(company: Company) -> None:
    answer = await company.connect().get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    await company.runtime.stop()
    answer = await company.connect().get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "not_ready")
    client = await company.sign_in("anna")
    refused = await client.put("/api/agents/anna/presence", json={"presence": "available"})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["error"]["retryable"] is True


async def test_a_head_request_is_answered_as_a_get_without_the_body(
    migrated_dsn: str, tmp_path: Path, built: Path
) -> None:
    async with (
        open_company(migrated_dsn, tmp_path, static_folder=built) as company,
        httpx.AsyncClient(base_url=f"http://{await company.serve()}") as client,
    ):
        for url in ("/", "/desk", "/widget.js", "/healthz", "/nothing.js"):
            get, head = await client.get(url), await client.head(url)
            assert (head.status_code, head.content) == (get.status_code, b""), url
            assert {**head.headers, "date": ""} == {**get.headers, "date": ""}, url
