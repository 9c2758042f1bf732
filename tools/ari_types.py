"""Write the types of what Asterisk says over ARI, from Asterisk's own description of it.

    python3 tools/ari_types.py

The description lies beside the Asterisk that `tools/asterisk.py` prepares. Only what Frontdesk
reads is written: the messages and answers named below, what they are made of, and of their fields
those that are of use, so that nobody decodes the rest for every event of every call.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.asterisk import prepare

DESCRIPTION = Path("usr/share/asterisk/rest-api")
ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "frontdesk" / "channels" / "voice" / "asterisk" / "ari_types.py"
FORMATTER = ROOT / ".venv" / "bin" / "ruff"

EVENTS = (
    "StasisStart",
    "StasisEnd",
    "ChannelStateChange",
    "ChannelDestroyed",
    "ChannelDtmfReceived",
    "ChannelTransfer",
    "Dial",
    "PlaybackFinished",
    "ApplicationReplaced",
    "RESTResponse",
)
ANSWERS = ("Channel", "Bridge", "Endpoint", "AsteriskInfo")
# The fields that are read, whatever they are a field of.
USED = {
    "app_data", "app_name", "args", "caller", "cause", "cause_txt", "channel", "channels",
    "destination", "dialplan", "dialstatus", "digit", "exten", "id", "message_body", "name",
    "number", "peer", "playback", "reason_phrase", "refer_to", "referred_by", "request_id",
    "requested_destination", "resource", "source_channel", "startup_time", "state", "status",
    "status_code", "system", "target_uri", "tech_cause", "version",
}  # fmt: skip
PLAIN = {
    "string": "str",
    "int": "int",
    "long": "int",
    "double": "float",
    "boolean": "bool",
    "Date": "str",
    "object": "dict[str, Any]",
    "containers": "dict[str, Any]",
}
HEAD = '''"""What Asterisk says over ARI.

Written by `tools/ari_types.py` from Asterisk {version}'s own description (`rest-api/*.json`).

Fields that are not here are passed over, so a newer Asterisk may say more.
"""

from __future__ import annotations

import msgspec
'''


def main() -> int:
    """Write the file."""
    root = prepare()
    models = read_models(root / DESCRIPTION)
    wanted = collect(models)
    parts = [HEAD.format(version=version(root))]
    parts += [write_struct(name, models[name]) for name in wanted]
    parts.append(write_union())
    TARGET.write_text("\n\n".join(parts))
    subprocess.run([str(FORMATTER), "format", "--quiet", str(TARGET)], check=True)
    return 0


def read_models(folder: Path) -> dict[str, dict[str, Any]]:
    """Every model of every part of the description."""
    models: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        models |= json.loads(path.read_text()).get("models", {})
    return models


def version(root: Path) -> str:
    """The version of the Asterisk in `root`, as its package says."""
    status = (root / "var/lib/dpkg/status").read_text()
    flags = re.MULTILINE | re.DOTALL
    found = re.search(r"^Package: asterisk\n.*?^Version: (?:\d+:)?([\d.]+)", status, flags)
    assert found is not None, f"{root} has no Asterisk"
    return found[1]


def collect(models: dict[str, dict[str, Any]]) -> list[str]:
    """The wanted models after those that they are made of."""
    found: list[str] = []

    def add(name: str) -> None:
        if name in found or name not in models:
            return
        for _, field in used_fields(models[name]):
            add(element(field["type"]))
        found.append(name)

    for name in (*ANSWERS, *EVENTS):
        add(name)
    return found


def used_fields(model: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The fields that Frontdesk reads, those that are always there first."""
    fields = [(name, field) for name, field in model["properties"].items() if name in USED]
    return sorted(fields, key=lambda field: not field[1].get("required", False))


def element(type_name: str) -> str:
    """The type inside a list, or the type itself."""
    found = re.fullmatch(r"List\[(\w+)\]", type_name)
    return found[1] if found else type_name


def python_type(type_name: str) -> str:
    """The description's type in Python's words."""
    inside = element(type_name)
    plain = PLAIN.get(inside, inside)
    return plain if inside == type_name else f"list[{plain}]"


def write_struct(name: str, model: dict[str, Any]) -> str:
    """One model as a struct."""
    tag = ', tag_field="type", tag=True' if name in EVENTS else ""
    lines = [f"class {name}(msgspec.Struct, frozen=True, kw_only=True{tag}):"]
    said = model.get("description", name).strip().splitlines()[0].rstrip(".")
    lines.append(f'    """{said}."""')
    lines.append("")
    for field, how in used_fields(model):
        kind = python_type(how["type"])
        lines.append(
            f"    {field}: {kind}" if how.get("required") else f"    {field}: {kind} | None = None"
        )
    return "\n".join(lines)


def write_union() -> str:
    """All messages, told apart by their type."""
    return "AnyMessage = (\n    " + "\n    | ".join(EVENTS) + "\n)\n"


if __name__ == "__main__":
    sys.exit(main())
