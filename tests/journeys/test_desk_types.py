"""The web's types are those of the API as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
NODE = Path(sys.executable).parent / "node"
GENERATOR = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"


def test_the_types_of_the_web_are_generated_from_the_api(tmp_path: Path) -> None:
    description = subprocess.run(
        [sys.executable, "-m", "frontdesk.cli.main", "openapi"], capture_output=True, check=True
    )
    generated = tmp_path / "schema.d.ts"
    command = [str(NODE), str(GENERATOR), "--output", str(generated)]
    subprocess.run(command, input=description.stdout, cwd=WEB, capture_output=True, check=True)
    kept = WEB / "src" / "api" / "schema.d.ts"
    message = "`cd web && npm run api` brings them up to date"
    assert kept.read_text() == generated.read_text(), message
