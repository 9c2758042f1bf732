from __future__ import annotations

import asyncio

from frontdesk.runtime.clock import ManualClock, SystemClock, pause


def test_alarms_ring_in_order_each_at_its_time() -> None:
    clock, rung = ManualClock(1_000), list[tuple[str, int]]()

    def ring(name: str) -> None:
        rung.append((name, clock.now_ms()))
        if name == "a":
            clock.call_at(1_020, lambda: ring("again"))

    clock.call_at(1_050, lambda: ring("b"))
    clock.call_at(1_010, lambda: ring("a"))
    clock.call_at(1_030, lambda: ring("off")).cancel()
    clock.advance(100)
    assert rung == [("a", 1_010), ("again", 1_020), ("b", 1_050)]
    assert clock.now_ms() == 1_100


def test_what_is_past_rings_at_once() -> None:
    clock, rung = ManualClock(1_000), list[int]()
    clock.call_at(900, lambda: rung.append(clock.now_ms()))
    assert rung == [1_000]


async def test_a_pause_ends_when_the_clock_says_so() -> None:
    clock = ManualClock()
    pausing = asyncio.ensure_future(pause(clock, 100))
    await asyncio.sleep(0)
    clock.advance(99)
    await asyncio.sleep(0)
    assert not pausing.done()
    clock.advance(1)
    await pausing


async def test_the_machines_clock_rings_too() -> None:
    clock, rung = SystemClock(), asyncio.Event()
    clock.call_at(clock.now_ms() + 1, rung.set)
    await rung.wait()
    assert clock.now_ms() > 1_700_000_000_000
