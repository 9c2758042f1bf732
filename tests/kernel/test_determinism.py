"""The same commands at the same times give the same bytes, whatever the process's hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STEPS = 3_000


def walked(hash_seed: str) -> str:
    command = [sys.executable, "-m", "tests.kernel.walk", "7", str(STEPS)]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_hash_seeds_change_nothing() -> None:
    first = walked("1")
    assert len(first.split()) == 2
    assert walked("2") == first
