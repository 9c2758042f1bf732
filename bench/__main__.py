"""``python -m bench [NAME…]``: all measurements, or those named; exit 1 when an aim is missed.

A measurement is a module of this folder with a function ``main``, which may return whether its aims
are met.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

TOOLS = {"__init__", "__main__", "bare_loop", "harness", "sentence_embedding"}


def main(names: list[str]) -> int:
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    known = [name for name in known if name not in TOOLS]
    if unknown := [name for name in names if name not in known]:
        print(f"bench: no measurement {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    missed = [n for n in names or known if importlib.import_module(f"bench.{n}").main() is False]
    if missed:
        print(f"\nAims missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
