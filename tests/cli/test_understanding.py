import json
from pathlib import Path

import msgspec
import pytest

from frontdesk.cli.main import main
from tests.support.intents import SMALL


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    path = tmp_path / "intents.json"
    path.write_bytes(msgspec.json.encode({"items": SMALL}))
    return path


def report(*words: object) -> int:
    return main(["understanding", "report", *map(str, words)])


def test_the_report_is_printed_for_a_person(
    intents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = tmp_path / "messages.txt"
    messages.write_text("where is the giraffe\nwhere is the giraffe\n")
    assert report("--intents", intents, "--messages", messages) == 0
    printed = capsys.readouterr().out
    assert "36 examples, 36 of them tried" in printed
    assert "Opening hours" in printed
    assert "Too few examples" in printed
    assert "where is the giraffe" in printed


def test_the_report_is_printed_for_a_program(
    intents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--intents", intents, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["examples"] == 36
    assert {intent["intent_id"] for intent in printed["intents"]} == {
        intent.intent_id for intent in SMALL
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("[]", "Expected `object`"), ('{"items": []}', "there is no intent with an example.")],
)
def test_what_is_wrong_is_one_sentence(
    intents: Path, content: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    intents.write_text(content)
    assert report("--intents", intents) == 1
    error = capsys.readouterr().err
    assert error.startswith("frontdesk: ")
    assert complaint in error
    assert error.count("\n") == 1


def test_without_a_file_it_is_about_the_centre_s_own_intents(
    migrated_dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--database-url", migrated_dsn) == 1
    assert "there is no intent with an example" in capsys.readouterr().err
