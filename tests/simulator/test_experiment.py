import os
import subprocess
import sys
from pathlib import Path

from frontdesk.simulator.experiment import run_scenarios
from tests.simulator.scenarios import small

SCRIPT = """
from frontdesk.simulator.experiment import run_scenarios
from tests.simulator.test_replication import staggered
print(run_scenarios([staggered()], 1)[0].digest)
"""


def digest_under(hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_same_digest_under_two_hash_seeds() -> None:
    first, second = digest_under("1"), digest_under("4242")
    assert first == second
    assert len(first) == 64


def test_the_same_result_over_one_process_and_two() -> None:
    alone, together = (run_scenarios([small()], processes)[0] for processes in (1, 2))
    assert alone.digest == together.digest
    assert alone.queues.tobytes() == together.queues.tobytes()


def test_another_seed_is_another_world() -> None:
    first, second = (run_scenarios([small(seed=seed)], 1)[0] for seed in (1, 2))
    assert first.digest != second.digest


def test_an_interrupt_keeps_what_is_done() -> None:
    seen: list[int] = []

    def interrupt(_at: int, contacts: int) -> None:
        seen.append(contacts)
        if len(seen) == 3:
            raise KeyboardInterrupt

    sample = run_scenarios([small()], 1, interrupt)[0]
    assert sample.stopped
    assert sample.replications == 3
    assert sample.contacts == sum(seen)


def test_scenarios_are_kept_apart() -> None:
    quiet, busy = run_scenarios([small(per_hour=10), small(per_hour=100)], 1)
    assert quiet.contacts < busy.contacts
    assert busy.digest == run_scenarios([small(per_hour=100)], 1)[0].digest
