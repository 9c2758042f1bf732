"""The published description of a flow's document, for editors and for who writes one by hand."""

from typing import Any, Final

import msgspec

from frontdesk.kernel.flows.document import Flow

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def build_flow_schema() -> dict[str, Any]:
    """A JSON Schema. What it allows may still be faulty: see `check.py`."""
    return {"$schema": DIALECT, **msgspec.json.schema(Flow)}
