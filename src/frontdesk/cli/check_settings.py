"""Show every setting, its value and where it comes from, or say what is wrong with one."""

from __future__ import annotations

import argparse
import re
from enum import Enum
from functools import reduce

from frontdesk.cli import settings_sources
from frontdesk.cli.settings import Settings

LINE_CHARS_MAX = 72
"""Longer lines stand out rather than push all the others apart."""


def configure(parser: argparse.ArgumentParser) -> None:
    settings_sources.add_options(parser)


def run(args: argparse.Namespace) -> int:
    settings, places = settings_sources.load(args)
    lines = [(f"{key} = {_shown(settings, key)}", key) for key in settings_sources.leaf_types()]
    width = min(max(len(line) for line, _ in lines), LINE_CHARS_MAX)
    for line, key in lines:
        print(f"{line:<{width}}  {places.get(key, 'default')}")
    return 0


def _shown(settings: Settings, key: str) -> str:
    value: object = reduce(getattr, key.split("."), settings)
    text = str(value.value if isinstance(value, Enum) else value)
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", text)
