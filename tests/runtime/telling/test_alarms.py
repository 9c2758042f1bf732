"""Alarms told outside the desk, over a real mail server and to a real web server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from standardwebhooks import Webhook

from frontdesk.answers.lookups.addresses import parse_networks
from frontdesk.answers.lookups.http_source import HttpAsker
from frontdesk.answers.lookups.network import Gate
from frontdesk.answers.lookups.webhooks import WebhookTeller
from frontdesk.journal.memory import MemoryJournal, MemoryStore
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.alarms.rules import AlarmMeasure, AlarmRule, Telling, TellingWay
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.events import AnyEvent
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.effects import EffectRunner
from frontdesk.runtime.mail import SmtpMailer
from frontdesk.runtime.settings import RuntimeSettings
from frontdesk.runtime.telling.alarms import TellAlarms
from frontdesk.runtime.telling.mailing import MailTeller
from frontdesk.runtime.telling.ports import News, TellingFailed
from tests.runtime.test_effects import MemoryEffectStore
from tests.support.outside_server import OutsideServer, Reply, outside_server
from tests.support.post_office import PostOffice, post_office

MINUTE = 60_000
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Secrets:
    async def find(self, name: str) -> str | None:
        return SECRET if name == "hook" else None


async def find_no_password() -> None:
    return None


class Told:
    """A centre whose alarms are told, with the world around it."""

    def __init__(
        self, runtime: CentreRuntime, clock: ManualClock, post: PostOffice, web: OutsideServer
    ) -> None:
        self.runtime = runtime
        self.clock = clock
        self.post = post
        self.web = web
        self.effects = MemoryEffectStore()

    async def obey(self, command: cmd.AnyCommand) -> None:
        await self.runtime.submit(command, actor="test")

    async def raise_alarm(self, *tell: Telling, **rest: Any) -> None:
        """Ann's break is overstayed, by a rule that tells so."""
        for entity in (
            st.BreakReason(break_reason_id="lunch", name="Lunch", expected_ms=30 * MINUTE),
            st.AgentProfile(agent_id="ann", name="Ann Weber"),
            AlarmRule(
                alarm_rule_id="break",
                name="Break overstayed",
                measure=AlarmMeasure.BREAK_OVERSTAY_MS,
                threshold=2.0 * MINUTE,
                tell=tell,
                **rest,
            ),
        ):
            await self.obey(cmd.SaveSetting(entity))
        await self.obey(cmd.SetPresence("ann", Presence.BREAK, "lunch"))
        self.clock.advance(32 * MINUTE)
        await self.obey(cmd.Advance())

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not condition():
                self.clock.advance(1)
                await asyncio.sleep(0.01)


@pytest.fixture
async def told(clock: ManualClock) -> AsyncIterator[Told]:
    limits = RuntimeSettings(effect_attempts_max=3, effect_retry_first_ms=1, effect_retry_last_ms=1)
    runtime = CentreRuntime(MemoryJournal(MemoryStore[AnyEvent]()), clock=clock, settings=limits)
    async with post_office() as (post, mail), outside_server() as web:
        world = Told(runtime, clock, post, web)
        webhooks = build_webhooks(clock, "127.0.0.0/8")
        mailing = MailTeller(SmtpMailer(mail, find_no_password), "example.org")
        tellers = {TellingWay.MAIL: mailing, TellingWay.WEBHOOK: webhooks}
        handler = TellAlarms(runtime, tellers)
        runtime.add_follower(EffectRunner(handler, world.effects, clock, limits, from_start=False))
        await runtime.start()
        await world.until(lambda: world.effects.cursors != {})
        yield world
        await runtime.stop()
        await webhooks.close()


def build_webhooks(clock: ManualClock, *networks: str) -> WebhookTeller:
    return WebhookTeller(HttpAsker(Gate(parse_networks(networks)), clock), Secrets(), clock)


def mail_to(address: str, **rest: Any) -> Telling:
    return Telling(way=TellingWay.MAIL, to=address, **rest)


def hook(world: Told, **rest: Any) -> Telling:
    return Telling(way=TellingWay.WEBHOOK, to=f"http://127.0.0.1:{world.web.port}/hook", **rest)


async def test_whom_the_rule_names_gets_a_mail_with_the_cause(told: Told) -> None:
    await told.raise_alarm(mail_to("sam@example.org"), mail_to("ira@example.org", locale="ru"))
    await told.until(lambda: len(told.post.mails) == 2)
    english, russian = told.post.mails
    assert english["Subject"] == "Alarm: Break overstayed"
    text = english.get_content()
    assert "Agent: Ann Weber" in text
    assert "Break past its time: 2:00" in text
    assert russian["Subject"] == "Тревога: Break overstayed"
    assert english["Message-ID"] != russian["Message-ID"]


async def test_a_webhook_is_called_signed_and_again_when_it_is_over(told: Told) -> None:
    await told.raise_alarm(hook(told, secret="hook"))
    await told.until(lambda: len(told.web.got) == 1)
    await told.obey(cmd.SetPresence("ann", Presence.AVAILABLE))
    await told.until(lambda: len(told.web.got) == 2)
    bodies = [msgspec.json.decode(got.body) for got in told.web.got]
    assert [body["type"] for body in bodies] == ["alarm.raised", "alarm.cleared"]
    assert bodies[0]["data"]["event"]["agent_id"] == "ann"
    for got in told.web.got:
        headers = {name.lower(): text for name, text in got.headers.items()}
        signed = Webhook(SECRET).sign(
            headers["webhook-id"], at(headers["webhook-timestamp"]), got.body.decode()
        )
        assert headers["webhook-signature"] == signed
    assert len({got.headers["webhook-id"] for got in told.web.got}) == 2


def at(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


async def test_whoever_was_told_is_not_told_again_when_another_fails(told: Told) -> None:
    told.web.replies = [Reply(status=503), Reply(status=503), Reply()]
    await told.raise_alarm(mail_to("sam@example.org"), hook(told))
    await told.until(lambda: len(told.web.got) == 3)
    await told.until(lambda: told.effects.cursors["alarm-telling"] == told.runtime.position.seq)
    assert len(told.post.mails) == 1
    assert len({got.headers["webhook-id"] for got in told.web.got}) == 1
    assert told.effects.failures == {}


async def test_what_can_not_be_told_is_on_record(told: Told) -> None:
    told.post.answer = "550 No such user"
    sms = Telling(way=TellingWay.SMS, to="+37322000000")
    await told.raise_alarm(mail_to("sam@example.org"), sms, hook(told, secret="gone"))
    await told.until(lambda: told.effects.failures != {})
    (failure,) = told.effects.failures.values()
    assert "there is no sms channel" in failure.error
    assert "there is no secret gone" in failure.error
    assert "No such user" in failure.error
    assert failure.attempts == 1


async def test_nobody_acknowledges_so_the_next_are_told(told: Told) -> None:
    await told.raise_alarm(
        mail_to("sam@example.org"),
        escalate_after_ms=5 * MINUTE,
        escalate_to=(mail_to("boss@example.org"),),
    )
    await told.until(lambda: len(told.post.mails) == 1)
    told.clock.advance(5 * MINUTE)
    await told.obey(cmd.Advance())
    await told.until(lambda: len(told.post.mails) == 2)
    assert told.post.mails[1]["To"] == "boss@example.org"
    assert told.post.mails[1]["Subject"] == "Alarm, acknowledged by nobody: Break overstayed"
    assert "Agent: Ann Weber" in told.post.mails[1].get_content()


async def test_private_addresses_are_not_called_unless_the_operator_allows_them(
    told: Told, clock: ManualClock
) -> None:
    guarded = build_webhooks(clock)
    news = News(news_id="n", kind="k", at_ms=0, subject="", text="", payload=b"{}")
    with pytest.raises(TellingFailed, match="may not be asked"):
        await guarded.tell(hook(told), news)
    await guarded.close()
    assert told.web.got == []
