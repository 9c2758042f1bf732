import csv
import io
from pathlib import Path

import msgspec
import pytest

from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.experiment import run_scenarios
from frontdesk.simulator.laws import Exponential
from frontdesk.simulator.picture import draw_picture
from frontdesk.simulator.report import Report, histogram_quantile, report_of
from frontdesk.simulator.tables import COLUMNS, as_csv, as_json
from tests.simulator.scenarios import small

PATIENCE = Exponential(mean_s=60)


def report(**changes: object) -> Report:
    return report_of(run_scenarios([small(per_hour=100, patience=PATIENCE, **changes)], 1)[0])


def test_counts_add_up_over_intervals() -> None:
    (queue,) = report().queues
    parts = [figures.offered.value or 0 for figures in queue.by_interval]
    assert len(parts) == 2
    assert sum(parts) == pytest.approx(queue.whole.offered.value)


def test_service_levels_differ_by_their_formula() -> None:
    levels = {
        formula: report(service_level=formula).total.service_level.value
        for formula in ServiceLevelFormula
    }
    offered = levels[ServiceLevelFormula.ANSWERED_OF_OFFERED]
    assert offered is not None
    assert all(value is not None and value >= offered for value in levels.values())
    assert len(set(levels.values())) == 4


def test_no_contacts_is_no_data_and_not_zero() -> None:
    nobody = report_of(run_scenarios([small(per_hour=0)], 1)[0])
    assert nobody.total.offered.value == 0
    assert nobody.total.service_level.value is None
    assert nobody.total.speed_of_answer_s.value is None
    assert nobody.teams[0].whole.occupancy_ratio.value == 0


def test_json_holds_everything_and_reads_back() -> None:
    one = report()
    assert msgspec.json.decode(as_json(one), type=Report) == one


def test_csv_has_a_row_for_every_figure() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report()))))
    assert tuple(rows[0]) == COLUMNS
    levels = [row for row in rows if row["figure"] == "service_level" and row["scope"] == "queue"]
    assert [(row["from"], row["until"]) for row in levels] == [
        ("00:00", "02:00"),
        ("00:00", "01:00"),
        ("01:00", "02:00"),
    ]
    assert all(float(row["low_95"]) <= float(row["value"]) for row in levels)


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"picture.{suffix}"
    draw_picture(report(), path)
    head = path.read_bytes()[:200]
    assert head.startswith(b"\x89PNG") if suffix == "png" else b"svg" in head


def test_picture_of_no_data(tmp_path: Path) -> None:
    draw_picture(report_of(run_scenarios([small(per_hour=0)], 1)[0]), tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 0


def test_quantile_of_a_histogram() -> None:
    one = report()
    (queue,) = one.queues
    assert queue.wait_p90_s is not None
    assert 0 < queue.wait_p90_s <= 60
    empty = run_scenarios([small(per_hour=0)], 1)[0].waits[0, 0, 0]
    assert histogram_quantile(empty, 0.9) is None
