"""sipp as many callers at once, each by the same script."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from tools.asterisk import Instance, sipp

SCENARIOS = Path(__file__).parent / "sipp_scenarios"
PATIENCE_S = 120.0


async def call_many(
    asterisk: Instance,
    sip_port: int,
    scenario: str,
    *,
    calls: int,
    a_second: int,
    host: str,
    log: str = "",
) -> None:
    """Calls so many times, and fails unless every call went as the scenario says.

    `log` names the file, in the folder `sipp` of the instance, for what the scenario logs.
    """
    folder = asterisk.folder / "sipp"
    folder.mkdir(exist_ok=True)
    shutil.copy(SCENARIOS / f"{scenario}.xml", folder)
    arguments = [
        f"127.0.0.1:{sip_port}", "-sf", f"{scenario}.xml", "-s", "022555000",
        "-i", host, "-mi", host, "-m", str(calls), "-r", str(a_second), "-l", str(calls),
        "-timeout", "60", "-timeout_error", "-nostdin", "-trace_err", "-error_file", "errors",
    ]  # fmt: skip
    if log:
        arguments += ["-trace_logs", "-log_file", log]
    process = await asyncio.create_subprocess_exec(
        *sipp(asterisk.root, folder, arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    errors = folder / "errors"
    said = errors.read_text(errors="replace") if errors.exists() else ""
    tail = output.decode(errors="replace")[-3_000:]
    assert process.returncode == 0, f"{scenario} ended with {process.returncode}:\n{tail}\n{said}"
