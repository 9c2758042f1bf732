import json

import pytest

from frontdesk.cli.main import main


def erlang(*words: object) -> int:
    return main(["erlang", *map(str, words)])


def test_palm_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert erlang("a", 1140, 300, 180, 100, 20, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["wait_ratio"] == pytest.approx(0.2812171043, rel=1e-9)
    assert figures["abandoned_ratio"] == pytest.approx(0.02401962981, rel=1e-9)
    assert figures["service_level"] == pytest.approx(
        {
            "answered_of_offered": 0.8989243505,
            "answered_of_answered": 0.9210475722,
            "less_short_abandons": 0.9160786691,
            "short_abandons_met": 0.9176501643,
        },
        rel=1e-9,
    )


def test_the_other_models_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert erlang("b", 120, 300, 10, "--json") == 0
    assert json.loads(capsys.readouterr().out)["turned_away_ratio"] == pytest.approx(
        0.214582343107347
    )
    assert erlang("c", 360, 240, 28, 20, "--json") == 0
    assert json.loads(capsys.readouterr().out)["wait_ratio"] == pytest.approx(0.333138527993)
    assert erlang("staff", 1200, 300, 20, 0.8, "--patience", 180, "--json") == 0
    assert json.loads(capsys.readouterr().out)["agents"] == 100


def test_people_read_what_each_figure_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert erlang("a", 1140, 300, 180, 100, 20) == 0
    printed = capsys.readouterr().out
    assert "service_level less_short_abandons   91.61 %" in printed
    assert "wait_quantiles_s p90                 17.3 s" in printed


def test_a_pool_that_cannot_carry_its_load_has_no_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert erlang("c", 120, 300, 10, 20, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["speed_of_answer_s"] is None
    assert figures["service_level"]["answered_of_offered"] == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("a", 120, 300, "long", 10, 20), "'long' is not a number"),
        (("a", -5, 300, 180, 10, 20), "-5 must be greater than zero"),
        (("a", 120, 300, 180, 10.5, 20), "10.5 must be a whole number from 1 to"),
        (("a", 120, 300, 180, 10), "the following arguments are required: T"),
        (("c", 120, "nan", 10, 20), "'nan' is not a number"),
        (("b", 1e9, 1e5, 20), "erlangs; at most 100,000"),
        (("staff", 120, 300, 20, 80), "80 must lie between 0 and 1"),
        (("d", 120), "invalid choice: 'd'"),
    ],
)
def test_what_means_nothing_is_refused(
    words: tuple[object, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        erlang(*words)
    assert stopped.value.code == 2
    assert complaint in capsys.readouterr().err
