"""A body for each operation that takes one, as the description shows it; a test decodes them."""

from __future__ import annotations

from typing import Any, Final

_REPORT: Final[dict[str, Any]] = {
    "metrics": ["offered", "abandoned", "service_level_less_short_abandons"],
    "dimensions": ["queue"],
    "filters": {"channel": ["webchat"]},
    "period": {"kind": "last_week"},
}

_BOARD: Final[dict[str, Any]] = {
    "name": "Front office",
    "theme": "contrast",
    "tiles": [
        {"kind": "figure", "metric": "waiting", "width": 2},
        {"kind": "trend", "metric": "service_level", "queue_ids": ["sales"], "width": 2},
    ],
}

EXAMPLES: Final[dict[str, Any]] = {
    "signIn": {"login": "anna", "password": "correct horse battery staple"},
    "changePassword": {
        "password": "correct horse battery staple",
        "new_password": "a better one, and longer",
    },
    "saveSetting": {
        "kind": "queue",
        "queue_id": "sales",
        "name": "Sales",
        "strategy": "longest_idle",
        "offer_time_ms": 30_000,
        "target": {"answer_ms": 20_000, "ratio": 0.8},
    },
    "checkFlow": {
        "kind": "flow",
        "flow_id": "hot-line",
        "name": "Hot line",
        "start": "hello",
        "nodes": [{"kind": "end", "node_id": "hello", "text": "We are closed today."}],
        "fallback_queue_id": "support",
    },
    "tryFlow": {
        "flow": {
            "kind": "flow",
            "flow_id": "hot-line",
            "name": "Hot line",
            "start": "hello",
            "nodes": [{"kind": "end", "node_id": "hello", "text": "We are closed today."}],
            "fallback_queue_id": "support",
        },
        "channel": "webchat",
        "inputs": [{"text": "Hello?"}],
    },
    "saveFlowDraft": {"flow": {"kind": "flow", "flow_id": "hot-line", "nodes": []}, "revision": 0},
    "askWhatIf": {
        "first_day": "2026-11-16",
        "days": 5,
        "changes": [
            {"change": "agents", "count": 2, "team_id": "front"},
            {"change": "volume", "ratio": 1.2, "queue_id": "sales"},
        ],
        "money": {"cost_per_hour": 14.0, "value_per_contact": 6.5},
    },
    "runReport": _REPORT,
    "exportReport": {"name": "Queues, last week", "query": _REPORT},
    "listReportContacts": {"query": _REPORT, "metric_id": "abandoned", "keys": ["sales"]},
    "saveNewReport": {
        "name": "Queues, last week",
        "query": _REPORT,
        "schedule": {
            "cadence": "weekly",
            "recipients": ["head@example.org"],
            "weekday": 0,
            "minute_of_day": 480,
            "file_format": "pdf",
            "locale": "ro",
        },
    },
    "saveReport": {"name": "Queues, last week", "query": _REPORT, "schedule": None},
    "createWallboard": _BOARD,
    "saveWallboard": _BOARD,
    "setPresence": {"presence": "break", "break_reason_id": "lunch", "when_free": True},
    "setAgentQueues": {"queue_ids": ["sales", "support"]},
    "setSignOn": {"login": "anna", "password": "correct horse battery staple"},
    "openContact": {
        "channel": "email",
        "channel_ref": "<20261122.1@example.org>",
        "queue_id": "support",
        "customer": {"customer_id": "c-77", "name": "Ion", "address": "ion@example.org"},
        "topic": "An invoice",
        "skills": [{"skill_id": "romanian", "proficiency_min": 3}],
    },
    "postMessage": {"client_id": "3f0c", "text": "Good morning! How can I help?"},
    "readMessages": {"number": 12},
    "beginConsult": {"to_queue_id": "support", "note": "Which invoice is it?"},
    "transferConsult": {"note": "The refund is agreed"},
    "transferOutside": {"address": "+37322000000", "note": "Wants the workshop"},
    "listenIn": {"mode": "whisper"},
    "transferContact": {"to_queue_id": "support", "note": "Asks about a refund"},
    "requestCallback": {
        "queue_id": "support",
        "address": "+37322000000",
        "customer": {"name": "Ion"},
        "topic": "An invoice",
    },
    "rescheduleCallback": {"due_ms": None},
    "acknowledgeAlarm": {"note": "I call her"},
    "reportChannel": {"up": False, "detail": "The provider does not answer"},
    "reportTrunkLoad": {"lines_in_use": 27, "lines": 30},
    "recordAttempt": {"result": "no_answer"},
    "declineOffer": {"reason": "On the phone"},
    "completeWrapUp": {"disposition_id": "solved", "note": "Sent the invoice again"},
    "dryRun": {
        "queue_id": "sales",
        "channel": "webchat",
        "skills": [{"skill_id": "romanian", "proficiency_min": 3}],
    },
    "createApiKey": {"name": "Wallboard", "role": "supervisor"},
    "tryLookUp": {"parameters": {"order": "VH-1042"}},
    "tryUnderstanding": {"text": "Where is my order VH-1042?", "language": "en"},
    "setSecret": {"value": "what the outside system wants to see"},
    "createArticle": {
        "title": "How long delivery takes",
        "body": "Parcels arrive within three working days.",
        "language": "en",
        "questions": ["When will my order arrive?"],
    },
    "saveArticle": {
        "title": "How long delivery takes",
        "body": "Parcels arrive within two working days.",
        "language": "en",
        "published": False,
    },
    "openWebchat": {"client_id": "7d9a1c0f5b2e4a68937d9a1c", "name": "Ion", "topic_id": "sales"},
    "rateWebchat": {"score": 5, "comment": "Quick and kind"},
}
