"""Every route says who may call it, and holds to it."""

from __future__ import annotations

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler, WebsocketRouteHandler

from frontdesk.api.identity import PUBLIC, RoleGuard
from frontdesk.api.schema import find_guard
from frontdesk.kernel.settings import Role
from tests.support.company import Company

NEEDED: dict[str, Role] = {
    "saveSetting": Role.ADMINISTRATOR,
    "getTelephone": Role.ADMINISTRATOR,
    "makePhoneSecret": Role.ADMINISTRATOR,
    "removeSetting": Role.ADMINISTRATOR,
    "setSignOn": Role.ADMINISTRATOR,
    "removeSignOn": Role.ADMINISTRATOR,
    "listApiKeys": Role.ADMINISTRATOR,
    "createApiKey": Role.ADMINISTRATOR,
    "removeApiKey": Role.ADMINISTRATOR,
    "listAudit": Role.ADMINISTRATOR,
    "listRecordChanges": Role.ADMINISTRATOR,
    "listArticles": Role.ADMINISTRATOR,
    "createArticle": Role.ADMINISTRATOR,
    "saveArticle": Role.ADMINISTRATOR,
    "removeArticle": Role.ADMINISTRATOR,
    "listSecrets": Role.ADMINISTRATOR,
    "setSecret": Role.ADMINISTRATOR,
    "removeSecret": Role.ADMINISTRATOR,
    "tryLookUp": Role.ADMINISTRATOR,
    "getUnderstanding": Role.ADMINISTRATOR,
    "listStarterIntents": Role.ADMINISTRATOR,
    "reportUnderstanding": Role.ADMINISTRATOR,
    "tryUnderstanding": Role.ADMINISTRATOR,
    "checkFlow": Role.ADMINISTRATOR,
    "tryFlow": Role.ADMINISTRATOR,
    "getFlowSchema": Role.ADMINISTRATOR,
    "listFlowTemplates": Role.ADMINISTRATOR,
    "listFlowDrafts": Role.ADMINISTRATOR,
    "getFlowDraft": Role.ADMINISTRATOR,
    "saveFlowDraft": Role.ADMINISTRATOR,
    "removeFlowDraft": Role.ADMINISTRATOR,
    "listReadyAlarmRules": Role.ADMINISTRATOR,
    "listAlarms": Role.SUPERVISOR,
    "listPastAlarms": Role.SUPERVISOR,
    "acknowledgeAlarm": Role.SUPERVISOR,
    "reportChannel": Role.SUPERVISOR,
    "reportTrunkLoad": Role.SUPERVISOR,
    "setAgentQueues": Role.SUPERVISOR,
    "listEffectFailures": Role.SUPERVISOR,
    "reportAnnouncedWaits": Role.SUPERVISOR,
    "reportContainment": Role.SUPERVISOR,
    "reportVerdicts": Role.SUPERVISOR,
    "listVerdictTexts": Role.SUPERVISOR,
    "reportCallbacks": Role.SUPERVISOR,
    "reportPresences": Role.SUPERVISOR,
    "getReportCatalogue": Role.SUPERVISOR,
    "runReport": Role.SUPERVISOR,
    "exportReport": Role.SUPERVISOR,
    "listReportContacts": Role.SUPERVISOR,
    "listSavedReports": Role.SUPERVISOR,
    "saveNewReport": Role.SUPERVISOR,
    "saveReport": Role.SUPERVISOR,
    "removeReport": Role.SUPERVISOR,
    "listReportMailings": Role.SUPERVISOR,
    "/api/wallboards/{board_id:str}/stream": Role.SUPERVISOR,
    "listWallboards": Role.SUPERVISOR,
    "createWallboard": Role.SUPERVISOR,
    "saveWallboard": Role.SUPERVISOR,
    "removeWallboard": Role.SUPERVISOR,
    "shareWallboard": Role.SUPERVISOR,
    "stopSharingWallboard": Role.SUPERVISOR,
    "listWhatIfRuns": Role.SUPERVISOR,
    "askWhatIf": Role.SUPERVISOR,
    "getWhatIfRun": Role.SUPERVISOR,
    "stopWhatIfRun": Role.SUPERVISOR,
    "listenIn": Role.SUPERVISOR,
    "stopListening": Role.SUPERVISOR,
    "dryRun": Role.SUPERVISOR,
}
"""What takes more than being an agent."""

PUBLIC_OPERATIONS = {
    "signIn",
    "getHealth",
    "getWebchatConfig",
    "openWebchat",
    "listWebchatHistory",
    "downloadWebchatTranscript",
    "rateWebchat",
    "uploadWebchatAttachment",
    "downloadWebchatAttachment",
}
PUBLIC_PATHS = {
    "/",
    "/desk",
    "/floor",
    "/reports",
    "/admin",
    "/login",
    "/wall/{_:path}",
    "/api/walls/{token:str}/stream",
    "/demo",
    "/healthz",
    "/widget.js",
    "/assets/{path:path}",
    "/{name:str}",
    "/api",
    "/api/openapi.json",
    "/api/webchat/{widget_id:str}/stream",
}

Handler = HTTPRouteHandler | WebsocketRouteHandler


def find_routes(app: Litestar) -> list[tuple[str, Handler]]:
    found: list[tuple[str, Handler]] = []
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[attr-defined]
        found += [
            (route.path, h)
            for h in handlers
            if isinstance(h, Handler) and set(getattr(h, "http_methods", {"GET"})) != {"OPTIONS"}
        ]
    return found


async def test_every_route_is_guarded_or_known_to_be_public(company: Company) -> None:
    for path, handler in find_routes(company.app):
        guard = find_guard(handler)
        operation = getattr(handler, "operation_id", None)
        if isinstance(guard, RoleGuard):
            assert PUBLIC not in handler.opt, path
            assert guard.role is NEEDED.get(str(operation or path), Role.AGENT), path
        else:
            known = operation in PUBLIC_OPERATIONS or path in PUBLIC_PATHS
            below_a_page = path.endswith("/{_:path}")
            assert known or below_a_page or path.startswith("/api/{path"), path
            assert handler.opt.get(PUBLIC), path


REQUESTS = [
    ("PUT", "/api/settings/skill/x", {"kind": "skill", "skill_id": "x", "name": "X"}),
    ("DELETE", "/api/settings/skill/romanian", None),
    ("PUT", "/api/agents/boris/queues", {"queue_ids": []}),
    ("PUT", "/api/agents/boris/presence", {"presence": "available"}),
    ("DELETE", "/api/agents/boris/next-presence", None),
    ("PUT", "/api/agents/boris/password", {"login": "b", "password": "long enough"}),
    ("DELETE", "/api/agents/boris/password", None),
    ("POST", "/api/routing/dry-run", {"queue_id": "sales", "channel": "webchat"}),
    ("GET", "/api/api-keys", None),
    ("POST", "/api/api-keys", {"name": "x", "role": "administrator"}),
    ("DELETE", "/api/api-keys/x", None),
    ("GET", "/api/audit", None),
    ("GET", "/api/audit/records", None),
    ("GET", "/api/knowledge", None),
    ("GET", "/api/knowledge/search?question=x&drafts=true", None),
    ("POST", "/api/knowledge", {"title": "X", "body": "", "language": "en"}),
    ("PUT", "/api/knowledge/x", {"title": "X", "body": "", "language": "en"}),
    ("DELETE", "/api/knowledge/x", None),
    ("GET", "/api/telephone", None),
    ("POST", "/api/telephone/phones/x/secret", None),
    ("GET", "/api/secrets", None),
    ("PUT", "/api/secrets/x", {"value": "x"}),
    ("DELETE", "/api/secrets/x", None),
    ("POST", "/api/look-ups/x/try", {"parameters": {}}),
    ("POST", "/api/what-if/runs", {"first_day": "2026-01-05"}),
    ("POST", "/api/what-if/runs/1/stop", {}),
    ("POST", "/api/flows/check", {"kind": "flow"}),
    ("POST", "/api/flows/try", {"channel": "webchat"}),
    ("GET", "/api/flows/schema", None),
    ("GET", "/api/flows/templates", None),
    ("GET", "/api/flows/drafts", None),
    ("GET", "/api/flows/hot-line/draft", None),
    ("PUT", "/api/flows/hot-line/draft", {"flow": {"flow_id": "hot-line"}, "revision": 0}),
    ("DELETE", "/api/flows/hot-line/draft", None),
    ("GET", "/api/live?topic=floor", None),
]


async def test_an_agent_calling_a_supervisors_route_changes_nothing(company: Company) -> None:
    client = await company.sign_in("anna")
    seq = company.runtime.position.seq
    for method, url, body in REQUESTS:
        answer = await client.request(method, url, json=body)
        assert answer.status_code == 403, answer.text
        assert answer.json()["error"]["code"] == "forbidden"
    assert company.runtime.position.seq == seq
    assert (await company.sign_in("boris")) is not None


async def test_a_stranger_is_asked_to_sign_in(company: Company) -> None:
    client = company.connect()
    for method, url, body in REQUESTS:
        answer = await client.request(method, url, json=body)
        assert answer.status_code == 401, url
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_key_of_nobodys_has_no_desk(company: Company) -> None:
    text = await company.create_key(Role.ADMINISTRATOR)
    program = company.connect(Authorization=f"Bearer {text}")
    for method, url in (("POST", "/api/offers/1/accept"), ("GET", "/api/live")):
        answer = await program.request(method, url)
        assert answer.json()["error"]["code"] == "not_yours"
