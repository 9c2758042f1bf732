import json
from pathlib import Path

import pytest

from frontdesk.cli.main import main

SCENARIO = """
name = "Small"
duration_min = 60
replications = 3
[[queues]]
queue_id = "calls"
name = "Calls"
[[customers]]
queue_id = "calls"
per_hour = 60
patience = { law = "exponential", mean_s = 120 }
handle_time = { law = "exponential", mean_s = 120 }
[[staff]]
staff_id = "agent"
queue_ids = ["calls"]
agents = 3
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SCENARIO)
    return path


def simulate(*words: object) -> int:
    return main(["simulate", *map(str, words)])


def test_a_scenario_is_printed_and_saved(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert simulate(scenario, "--out", out, "--processes", 1, "--picture", "svg") == 0
    printed = capsys.readouterr().out
    assert "answered_of_offered" in printed
    assert "Calls (20 s)" in printed
    report = json.loads((out / "report.json").read_bytes())
    assert report["replications"] == 3
    assert (out / "figures.csv").read_text().startswith("scope,id,from,until,figure,value")
    assert b"<svg" in (out / "picture.svg").read_bytes()


def test_what_is_wrong_is_one_sentence(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario.write_text(SCENARIO.replace("per_hour = 60", "per_hour = -60"))
    for words, complaint in (
        ((scenario,), "customers[0].per_hour: must not be negative."),
        ((tmp_path / "none.toml",), "can't be read: No such file or directory."),
        ((), "give a scenario file, or --check."),
        ((scenario, "--check"), "not both."),
        (("--check", "erlang-a", "1", "2"), "takes 5 numbers"),
        (("--check", "erlang-a", "-5", "300", "180", "10", "20"), "must be greater than zero"),
        (("--check", "--processes", "0"), "--processes must be 1 or more."),
    ):
        assert simulate(*words) == 1
        error = capsys.readouterr().err
        assert error.startswith("frontdesk: ")
        assert complaint in error
        assert error.count("\n") == 1
