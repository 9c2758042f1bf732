"""The API's description is true: schemathesis tries it against the real server, as each role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import sampled_from
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection

from frontdesk.api.examples import EXAMPLES
from frontdesk.api.schema import build_openapi, find_handlers
from tests.support.company import Company
from tests.support.company_thread import Served, serve_company

EXAMPLES_PER_OPERATION = 4

# What a well-formed request may also be answered with: it is the data that decides, not its form.
UNDERSTOOD = ["2xx", "401", "403", "404", "409", "415", "422", "429"]

CONFIG = schemathesis.Config.from_dict(
    {
        # PostgreSQL's texts can't hold NUL, which JSON Schema has no words for.
        "generation": {"allow-x00": False},
        "checks": {"positive_data_acceptance": {"expected-statuses": UNDERSTOOD}},
    }
)


@pytest.fixture(scope="module")
def served(module_database_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from frontdesk.records.schema import migrate

    migrate(module_database_dsn)
    folder: Path = tmp_path_factory.mktemp("company")
    with serve_company(module_database_dsn, folder) as served:
        yield served


def _with_whole_numbers(value: Any) -> Any:
    """JSON Schema takes 1.0 for an integer; we ask for 1."""
    if isinstance(value, dict):
        return {name: _with_whole_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def try_operation(operation: Any, mode: GenerationMode, served: Served) -> None:
    """Sends data of that mode as nobody and as each role, with all of schemathesis' checks."""

    @given(
        case=operation.as_strategy(generation_mode=mode), key=sampled_from([*served.keys.values()])
    )
    @settings(
        max_examples=EXAMPLES_PER_OPERATION,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    def check(case: Any, key: str) -> None:
        case.body = _with_whole_numbers(case.body)
        case.call_and_validate()
        # The key outweighs whatever wrong credentials the case brings: that they are refused
        # is for the call before.
        headers = {"Authorization": f"Bearer {key}"}
        excluded = [ignored_auth]
        if case.media_type == "multipart/form-data":
            # A form's parts have no types of their own: what was wrong is right once it is sent.
            excluded.append(negative_data_rejection)
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    check()


def test_the_description_is_true(served: Served, subtests: pytest.Subtests) -> None:
    description = schemathesis.openapi.from_url(f"{served.url}/api/openapi.json", config=CONFIG)
    for result in description.get_all_operations():
        operation = result.ok()
        for mode in GenerationMode:
            with subtests.test(operation=operation.label, mode=mode.value):
                try:
                    try_operation(operation, mode, served)
                except Unsatisfiable:
                    # An operation without parameters and body can't be asked wrongly.
                    assert mode is GenerationMode.NEGATIVE


async def test_every_operation_is_named_and_explained(company: Company) -> None:
    document = build_openapi(company.app)
    assert document["openapi"].startswith("3.1")
    operations = [op for item in document["paths"].values() for op in item.values()]
    names = [op["operationId"] for op in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["summary"], operation["operationId"]
        assert operation["tags"], operation["operationId"]
        assert "security" in operation, operation["operationId"]


async def test_every_body_has_an_example_that_is_one(company: Company) -> None:
    bodies = {
        h.operation_id: h.parsed_data_field.annotation
        for h in find_handlers(company.app)
        if h.parsed_data_field is not None and h.dto is not None
    }
    assert set(EXAMPLES) == set(bodies)
    for operation_id, body in bodies.items():
        msgspec.convert(EXAMPLES[str(operation_id)], body)
