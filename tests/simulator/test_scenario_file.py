from pathlib import Path

import msgspec
import pytest

import frontdesk.simulator
from frontdesk.simulator.scenario import clock_min, clock_text
from frontdesk.simulator.scenario_file import ScenarioError, read_scenario
from tests.simulator.scenarios import small

EXAMPLES = sorted((Path(frontdesk.simulator.__file__).parent / "scenarios").iterdir())

GOOD = """
name = "Good"
duration_min = 60
[[queues]]
queue_id = "calls"
name = "Calls"
[[customers]]
queue_id = "calls"
per_hour = 30
handle_time = { law = "exponential", mean_s = 120 }
[[staff]]
staff_id = "agent"
queue_ids = ["calls"]
agents = 2
"""


def write(folder: Path, text: str, name: str = "scenario.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_make_sense(path: Path) -> None:
    assert read_scenario(path).name


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, GOOD))
    text = msgspec.json.encode(scenario).decode()
    assert read_scenario(write(tmp_path, text, "scenario.json")) == scenario


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("per_hour = 30", "per_huor = 30", "customers[0]: Object contains unknown field"),
        ("per_hour = 30", "per_hour = -1", "customers[0].per_hour: must not be negative"),
        ("per_hour = 30", 'per_hour = "many"', "customers[0].per_hour: Expected `float"),
        ("per_hour = 30", "", "customers[0]: give either per_hour or periods"),
        ("mean_s = 120", "mean_s = 0", "customers[0].handle_time: mean_s must be greater"),
        ('"exponential"', '"pareto"', "customers[0].handle_time.law: Invalid value 'pareto'"),
        ('queue_ids = ["calls"]', 'queue_ids = ["cals"]', "staff[0].queue_ids: 'cals' is not"),
        ("agents = 2", "", "staff[0]: give one of agents, levels or shifts"),
        ("agents = 2", "agents = -2", "staff[0]: agents must lie from 0"),
        ("agents = 2", 'levels = [{from="9", agents=1}]', "staff[0].levels[0].from: '9' is not"),
        ("duration_min = 60", "", "Object missing required field `duration_min`"),
        ("duration_min = 60", "duration_min = 0", "duration_min: must be greater than zero"),
        (
            "duration_min = 60",
            "duration_min = 60\nwarm_up_min = 60",
            "duration_min: must be longer",
        ),
        (
            "duration_min = 60",
            "duration_min = 60\nreplications = 1",
            "replications: must be from 2",
        ),
        ('name = "Calls"', 'name = "Calls"\nhome_team_ids = ["x"]', "queues[0].home_team_ids: 'x'"),
        ("duration_min = 60", "duration_min = = 60", "is not well-formed"),
        (
            'name = "Calls"',
            'name = "Calls"\npriority = "high"',
            "queues[0].priority: Expected `int",
        ),
    ],
)
def test_a_mistake_is_named_by_its_place(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    assert str(caught.value).startswith(f"{path}: {complaint}")


def test_a_missing_file_and_a_strange_one(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="can't be read: No such file"):
        read_scenario(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match=r"ends in \.toml or \.json"):
        read_scenario(write(tmp_path, GOOD, "scenario.yaml"))


def test_what_the_centre_itself_refuses_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("agents = 2", "agents = 2\nskills = { french = 3 }")
    with pytest.raises(ScenarioError, match="the centre refuses this setting"):
        read_scenario(write(tmp_path, text))


def test_clock_times() -> None:
    assert clock_min("09:30") == 570
    assert clock_min("25:00:30") == 1500.5
    assert clock_text(570) == "09:30"
    assert clock_text(1500.5) == "25:00:30"
    for wrong in ("9", "09:60", "nine", "-1:00", "09:30:99"):
        with pytest.raises(ValueError, match="is not a clock time"):
            clock_min(wrong)


def test_a_scenario_survives_the_way_to_a_worker_process() -> None:
    scenario = small()
    data = msgspec.msgpack.encode(scenario)
    assert msgspec.msgpack.decode(data, type=type(scenario)) == scenario
