"""Tells whom an alarm's rule names: when it is raised, when nobody sees to it, when it is over.

Each of those who are to be told is told once: tries after a failure leave out whom it reached, and
after a crash the same `news_id` comes again. Whoever is told by mail or message is told nothing of
an alarm's end: that would be twice the mail for half the use.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import events as ev
from frontdesk.kernel.alarms.rules import AlarmRule, Telling, TellingWay
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.effects import EffectFailed
from frontdesk.runtime.telling.ports import News, Teller, TellingFailed
from frontdesk.runtime.telling.words import LINES, MEASURES, say_value
from frontdesk.views.documents import AlarmDocument

TOLD_MAX: Final = 1_000
"""Events of which it is remembered whom they were told; more are never under way."""

KINDS: Final[dict[type[ev.Event], str]] = {
    ev.AlarmRaised: "raised",
    ev.AlarmEscalated: "escalated",
    ev.AlarmCleared: "cleared",
}
_encode: Final = msgspec.json.Encoder().encode


class TellAlarms:
    """An `EffectHandler`."""

    name = "alarm-telling"
    types = frozenset({"AlarmRaised", "AlarmEscalated", "AlarmCleared"})

    def __init__(self, runtime: CentreRuntime, tellers: Mapping[TellingWay, Teller]) -> None:
        self._runtime = runtime
        self._tellers = tellers
        self._told: dict[int, set[int]] = {}
        """By seq of the events that are under way: which of those to be told have been."""

    def find_lane(self, envelope: Envelope[AnyEvent]) -> Hashable:
        """The alarm: whoever hears of its end has heard of it before."""
        return getattr(envelope.event, "alarm_id", 0)

    async def handle(self, envelope: Envelope[AnyEvent]) -> None:
        """Raises EffectFailed when somebody could not be told."""
        event: Any = envelope.event
        rule = self._runtime.live.board.state.settings.get(f"alarm_rule/{event.rule_id}")
        if not isinstance(rule, AlarmRule):
            return
        told = self._told.setdefault(envelope.seq, set())
        if len(self._told) > TOLD_MAX:
            del self._told[next(iter(self._told))]
        failures: list[TellingFailed] = []
        for index, telling in enumerate(_find_tellings(rule, event)):
            if index in told:
                continue
            try:
                await self._tell(telling, rule, envelope, index)
            except TellingFailed as error:
                failures.append(error)
            else:
                told.add(index)
        if not failures:
            self._told.pop(envelope.seq, None)
            return
        retryable = any(failure.retryable for failure in failures)
        raise EffectFailed("; ".join(map(str, failures)), retryable=retryable)

    async def _tell(
        self, telling: Telling, rule: AlarmRule, envelope: Envelope[AnyEvent], index: int
    ) -> None:
        teller = self._tellers.get(telling.way)
        if teller is None:
            raise TellingFailed(
                f"{telling.to}: there is no {telling.way.value} channel", retryable=False
            )
        await teller.tell(telling, self._write(telling, rule, envelope, index))

    def _write(
        self, telling: Telling, rule: AlarmRule, envelope: Envelope[AnyEvent], index: int
    ) -> News:
        event: Any = envelope.event
        kind = KINDS[type(event)]
        alarm = self._find_alarm(event)
        locale = telling.locale if telling.locale in LINES else "en"
        return News(
            news_id=f"alarm-{self._runtime.name}-{envelope.seq}-{index}",
            kind=f"alarm.{kind}",
            at_ms=envelope.at_ms,
            subject=f"{LINES[locale][kind]}: {rule.name}",
            text=self._describe(rule, event, alarm, locale),
            payload=_encode(
                {
                    "type": f"alarm.{kind}",
                    "timestamp_ms": envelope.at_ms,
                    "data": {"rule": rule.name, "event": event, "alarm": alarm},
                }
            ),
        )

    def _find_alarm(self, event: Any) -> AlarmDocument | None:
        """The alarm as it stands; None: it doesn't any more."""
        return self._runtime.live.board.state.alarms.get(event.alarm_id)

    def _describe(
        self, rule: AlarmRule, event: Any, alarm: AlarmDocument | None, locale: str
    ) -> str:
        cause = event if isinstance(event, ev.AlarmRaised) else alarm
        if cause is None:
            return f"{rule.name}\n"
        lines, state = LINES[locale], self._runtime.live.board.state
        said = [f"{MEASURES[locale][rule.measure]}: {say_value(rule.measure, cause.value)}"]
        said.append(f"{lines['threshold']}: {say_value(rule.measure, cause.threshold)}")
        if cause.agent_id is not None:
            agent = state.agents.get(cause.agent_id)
            said.append(f"{lines['agent']}: {agent.profile.name if agent else cause.agent_id}")
        if cause.queue_id is not None:
            queue = self._runtime.live.board.find_queue(cause.queue_id)
            said.append(f"{lines['queue']}: {queue.name if queue else cause.queue_id}")
        if cause.agent_id is None and cause.queue_id is None:
            said.append(f"{lines['about']}: {cause.subject_id}")
        if cause.contact_id is not None:
            said.append(f"{lines['contact']}: {cause.contact_id}")
        if alarm is not None:
            zone = ZoneInfo(self._runtime.live.board.centre.time_zone)
            at = datetime.fromtimestamp(alarm.raised_ms / 1_000, zone)
            said.append(f"{lines['time']}: {at:%Y-%m-%d %H:%M:%S %Z}")
        return "\n".join([rule.name, "", *said, ""])


def _find_tellings(rule: AlarmRule, event: Any) -> tuple[Telling, ...]:
    if isinstance(event, ev.AlarmEscalated):
        return rule.escalate_to
    if isinstance(event, ev.AlarmRaised):
        return rule.tell
    everybody = rule.tell + rule.escalate_to
    return tuple(telling for telling in everybody if telling.way is TellingWay.WEBHOOK)
