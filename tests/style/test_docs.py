"""What the documents point to is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.style.test_files import ROOT, kept_files

SOURCE = ROOT / "src" / "frontdesk"

# `kernel/lanes.py`, `tests/journeys`, `kernel/evolve*.py`: what is a file or a folder of ours.
# Folders that a running server makes, addresses and keys in a browser are none.
PATH = re.compile(r"`((?:[\w-]+/)+[\w.*-]*)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
NOT_OURS = {"data/", "frontdesk/"}


def documents() -> list[Path]:
    return [path for path in kept_files() if path.suffix == ".md"]


def find_paths(document: Path) -> Iterator[str]:
    text = document.read_text()
    yield from (path for path in PATH.findall(text) if path not in NOT_OURS)
    yield from (link for link in LINK.findall(text) if "://" not in link)


def is_there(path: str, document: Path) -> bool:
    homes = (ROOT, SOURCE, document.parent, document.parent / "src")
    return any(next(home.glob(path.rstrip("/")), None) is not None for home in homes)


def test_every_path_in_a_document_leads_somewhere() -> None:
    lost = [
        f"{document.relative_to(ROOT)}: {path}"
        for document in documents()
        for path in find_paths(document)
        if not is_there(path, document)
    ]
    assert lost == []


def test_every_make_target_in_a_document_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in documents():
        named = set(re.findall(r"`make ([a-z]+)", document.read_text()))
        assert named <= targets, document
