import math

import pytest

from frontdesk.simulator.scenario import Staff
from frontdesk.simulator.workers import Crew, Worker


def worker(*paces: float) -> Worker:
    return Worker("agent", 0, Crew(Staff(staff_id="agent", pace_ratios=paces)))


def test_one_contact_takes_its_work() -> None:
    one = worker(1.0, 0.5)
    assert one.take(10.0, 100.0, (1, 0)) == 110.0


def test_two_contacts_at_half_pace_take_twice_as_long() -> None:
    one = worker(1.0, 0.5)
    one.take(0.0, 100.0, (1, 0))
    assert one.take(50.0, 200.0, (2, 1)) == pytest.approx(150.0)
    assert one.finish_next(150.0) == (1, 0)
    assert one.next_end(150.0) == pytest.approx(300.0)
    assert one.finish_next(300.0) == (2, 1)
    assert math.isinf(one.next_end(300.0))


def test_the_last_pace_holds_beyond_its_number() -> None:
    one = worker(1.0, 0.5)
    ends = [one.take(0.0, 100.0, (number, number)) for number in range(3)]
    assert ends[-1] == pytest.approx(200.0)


def test_a_new_plan_makes_the_old_one_void() -> None:
    one = worker(1.0, 0.5)
    one.take(0.0, 100.0, (1, 0))
    mark = one.mark()
    one.take(1.0, 100.0, (2, 1))
    assert one.mark() != mark
