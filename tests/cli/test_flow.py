"""Flows in files: checked before they are in force, and described for editors."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from frontdesk.api.ready_flows.library import ready_flows
from frontdesk.cli.main import main
from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.settings import Queue
from frontdesk.runtime.centre_runtime import CentreRuntime

ROOT = Path(__file__).parents[2]

FLOW: dict[str, Any] = {
    "kind": "flow",
    "flow_id": "line",
    "name": "Hot line",
    "start": "hello",
    "fallback_queue_id": "sales",
    "nodes": [
        {"kind": "say", "node_id": "hello", "text": "Hello", "next": "queue"},
        {"kind": "queue", "node_id": "queue", "queue_id": "sales"},
    ],
}


def change(**changes: Any) -> str:
    return json.dumps(FLOW | changes, indent=2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "line.json"
    path.write_text(change())
    return path


def check(*words: object) -> int:
    return main(["flow", "check", *map(str, words)])


def test_a_sound_flow_is_told_from_a_faulty_one(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(path) == 0
    assert "Hot line is sound" in capsys.readouterr().out
    path.write_text(change(start="nowhere"))
    assert check(path) == 1
    assert capsys.readouterr().out == (
        f"{path}: The flow starts at 'nowhere', but there is no such node.\n"
        f"{path}: warning: node hello: Nothing leads here.\n"
        f"{path}: warning: node queue: Nothing leads here.\n"
    )


def test_a_problem_is_told_with_its_node(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nodes = [{**FLOW["nodes"][0], "text": "Hello, {nobody}"}, FLOW["nodes"][1]]
    path.write_text(change(nodes=nodes))
    assert check(path) == 1
    assert "node hello: {nobody} in a text: there is no variable nobody." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{\n  "kind": "flow",\n  oops\n}', ":3: JSON is malformed"),
        (change(nodes=[{"kind": "say", "node_id": "hello"}]), ": node hello: Object missing"),
        (change(nodes=["say"]), ": node 1 of the list: Expected `object`"),
        (change(colour="red"), "unknown field `colour`"),
        ("\udcff", ""),
    ],
)
def test_what_is_no_flow_is_told_with_its_place(
    path: Path, content: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(content.encode(errors="surrogateescape"))
    assert check(path) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"frontdesk: {path}")
    assert complaint in error
    assert error.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "none.json") == 1
    assert "can't be read" in capsys.readouterr().err


async def furnish(dsn: str, *queue_ids: str) -> None:
    journal = PostgresJournal(dsn, "main", Codec[AnyEvent](AnyEvent, UPCASTERS))
    runtime = CentreRuntime(journal)
    await runtime.start()
    for queue_id in queue_ids:
        await runtime.submit(SaveSetting(Queue(queue_id=queue_id, name=queue_id)), "test")
    await runtime.stop()


@pytest.mark.parametrize(("queue_id", "code"), [("sales", 0), ("support", 1)])
def test_a_flow_is_checked_among_what_the_centre_has(
    path: Path, migrated_dsn: str, queue_id: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(furnish(migrated_dsn, queue_id))
    assert check(path, "--in-force", "--database-url", migrated_dsn) == code
    lacking = "node queue: There is no queue 'sales'." in capsys.readouterr().out
    assert lacking is (code == 1)


def test_the_schema_in_the_documents_is_the_one_in_force(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["flow", "schema"]) == 0
    kept = (ROOT / "docs" / "flow.schema.json").read_bytes()
    assert capfdbinary.readouterr().out == kept, "frontdesk flow schema > docs/flow.schema.json"


@pytest.mark.parametrize("ready", ready_flows(), ids=lambda ready: ready.template_id)
def test_a_ready_flow_is_sound_in_any_centre(ready: Any, path: Path) -> None:
    path.write_text(json.dumps(ready.flow))
    assert check(path) == 0


def test_the_flow_in_the_documents_is_sound(path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "flows.md").read_text()
    path.write_text(text.partition("```json\n")[2].partition("```\n")[0])
    assert check(path) == 0
