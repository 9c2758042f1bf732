"""A telephone in a test: it calls and is called over SIP, hums a tone and hears others.

It holds one call at a time. What it does when it is called is set before: `manner`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from enum import Enum
from typing import Any

from tests.support.sip import (
    Message,
    answer,
    authorise,
    describe_sound,
    read_message,
    sound_address,
    uri_in,
)
from tests.support.sound_line import SoundLine

PATIENCE_S = 30.0
RESEND_S = 0.5


class Manner(Enum):
    """What a telephone does when it is called."""

    ANSWERS = "answers"
    RINGS = "rings"
    """Until somebody picks it up."""
    IS_BUSY = "486 Busy Here"
    REFUSES = "603 Decline"
    IS_NOBODY = "404 Not Found"
    HAS_NO_LINE = "503 Service Unavailable"
    FAILS = "500 Server Internal Error"
    IS_DEAD = "dead"
    """It doesn't answer a single packet."""
    HAS_EARLY_SOUND = "183 Session Progress"


class Telephone(asyncio.DatagramProtocol):
    """A telephone at an address of its own, 127.0.0.x."""

    def __init__(self, host: str, server_port: int, hz: float = 700, user: str = "phone") -> None:
        self.host, self.user, self.hz = host, user, hz
        self.server = ("127.0.0.1", server_port)
        self.manner = Manner.ANSWERS
        self.sound = SoundLine(host, hz)
        self.received: list[Message] = []
        self.status = 0
        """The last final answer to a call of ours."""
        self.ringing = False
        self.up = False
        self.ended = False
        self.acknowledges = True
        self.answers_questions = True
        """Whether it answers those who only ask if it is there (OPTIONS)."""
        self._secret = ""
        self._transport: Any = None
        self._invite: Message | None = None
        """The call of ours, or the one that came."""
        self._ours = False
        self._tag = secrets.token_hex(4)
        self._remote_to = ""
        self._remote_uri = ""
        self._numbers = 0
        self._awaited: dict[str, asyncio.Future[Message]] = {}

    async def open(self) -> None:
        """Be there."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=(self.host, 0)
        )

    @property
    def port(self) -> int:
        """Where it is called at."""
        return self._transport.get_extra_info("sockname")[1]

    def close(self) -> None:
        """Be gone, without a word."""
        self.sound.stop()
        if self._transport is not None:
            self._transport.close()

    # -- as one who calls

    async def register(self, secret: str) -> int:
        """Sign in under its name; the status that ends it."""
        self._secret = secret
        uri = f"sip:127.0.0.1:{self.server[1]}"
        me = f"<sip:{self.user}@127.0.0.1>"
        request = self._request("REGISTER", uri, me, me, secrets.token_hex(8))
        request.headers.append(("Expires", "120"))
        return (await self._ask(request)).status

    def call(self, number: str, name: str = "", display: str = "") -> None:
        """Begin to call; `up`, `ringing`, `status` tell what comes of it."""
        uri = f"sip:{number}@127.0.0.1:{self.server[1]}"
        me = f'"{display}" <sip:{name or self.user}@{self.host}>'.strip()
        request = self._request("INVITE", uri, me, f"<{uri}>", secrets.token_hex(8))
        request.body = describe_sound(self.host, self.sound.port)
        request.headers.append(("Content-Type", "application/sdp"))
        self._invite, self._ours = request, True
        self._send(request)

    async def _ask(self, request: Message) -> Message:
        """Sends until an answer comes that is not for the time being, with a secret if asked."""
        final = await self._await_final(request)
        if final.status not in (401, 407) or not self._secret:
            return final
        self._authorise(request, final)
        return await self._await_final(request)

    async def _await_final(self, request: Message) -> Message:
        branch = _branch(request)
        future = self._awaited[branch] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not future.done():
                    self._send(request)
                    await asyncio.wait([future], timeout=RESEND_S)
        finally:
            del self._awaited[branch]
        return future.result()

    def _authorise(self, request: Message, refusal: Message) -> None:
        uri = request.first_line.split()[1]
        kind = "WWW-Authenticate" if refusal.status == 401 else "Proxy-Authenticate"
        proof = authorise(refusal.get(kind), request.method, uri, self.user, self._secret)
        name = "Authorization" if refusal.status == 401 else "Proxy-Authorization"
        self._numbers += 1
        again = ("Via", "CSeq")
        request.headers = [header for header in request.headers if header[0] not in again]
        request.headers.insert(0, ("Via", self._via()))
        request.headers += [("CSeq", f"{self._numbers} {request.method}"), (name, proof)]

    def _request(self, method: str, uri: str, me: str, to: str, call_id: str) -> Message:
        self._numbers += 1
        return Message(
            f"{method} {uri} SIP/2.0",
            [
                ("Via", self._via()),
                ("Max-Forwards", "70"),
                ("From", f"{me};tag={self._tag}"),
                ("To", to),
                ("Call-ID", call_id),
                ("CSeq", f"{self._numbers} {method}"),
                ("Contact", f"<sip:{self.user}@{self.host}:{self.port}>"),
            ],
        )

    def _via(self) -> str:
        branch = f"z9hG4bK{secrets.token_hex(6)}"
        return f"SIP/2.0/UDP {self.host}:{self.port};rport;branch={branch}"

    def _send(self, message: Message, to: tuple[str, int] | None = None) -> None:
        self._transport.sendto(message.write(), to or self.server)

    # -- what comes

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self.manner is Manner.IS_DEAD or not data.strip():
            return
        message = read_message(data)
        self.received.append(message)
        if message.status:
            self._take_answer(message)
        else:
            self._take_request(message, addr)

    def _take_answer(self, message: Message) -> None:
        if message.method == "INVITE":
            self._take_call_answer(message)
        elif message.status >= 200:
            future = self._awaited.get(_branch(message))
            if future is not None and not future.done():
                future.set_result(message)

    def _take_call_answer(self, message: Message) -> None:
        assert self._invite is not None
        self._remote_to = message.get("To")
        if message.get("Contact"):
            self._remote_uri = uri_in(message.get("Contact"))
        if message.body:
            self.sound.start(sound_address(message.body))
        if message.status < 200:
            self.ringing = self.ringing or message.status in (180, 183)
            return
        if self.acknowledges:
            self._acknowledge(message)
        if message.status in (401, 407) and self._secret:
            self._authorise(self._invite, message)
            self._send(self._invite)
        else:
            self.status = message.status
            self.up = message.status < 300
            self.ended = not self.up

    def _acknowledge(self, message: Message) -> None:
        assert self._invite is not None
        failed = message.status >= 300
        uri = self._invite.first_line.split()[1] if failed else self._remote_uri
        ack = self._within_call("ACK", uri)
        ack.headers[0] = self._invite.all("Via")[0] if failed else ack.headers[0]
        self._send(ack)

    def _within_call(self, method: str, uri: str = "") -> Message:
        assert self._invite is not None
        invite = self._invite
        if self._ours:
            me, to = invite.get("From"), self._remote_to
        else:
            me, to = f"{invite.get('To')};tag={self._tag}", invite.get("From")
        request = self._request(method, uri or self._remote_uri, me, to, invite.get("Call-ID"))
        request.headers[2] = ("From", me)
        if method in ("ACK", "CANCEL"):
            number = invite.get("CSeq").split()[0]
            request.headers[5] = ("CSeq", f"{number} {method}")
        return request

    def _take_request(self, request: Message, addr: tuple[str, int]) -> None:
        match request.method:
            case "OPTIONS" if not self.answers_questions:
                pass
            case "INVITE" if "tag=" in request.get("To"):
                self._answer_again(request, addr)
            case "INVITE":
                self._be_called(request, addr)
            case "ACK":
                self.up = self.up or not self._ours
            case "BYE":
                self.up, self.ended = False, True
                self._send(answer(request, "200 OK"), addr)
            case "CANCEL":
                self._send(answer(request, "200 OK", self._tag), addr)
                assert self._invite is not None
                self._send(answer(self._invite, "487 Request Terminated", self._tag), addr)
                self.ringing, self.ended = False, True
            case _:
                self._send(answer(request, "200 OK", self._tag), addr)

    def _be_called(self, request: Message, addr: tuple[str, int]) -> None:
        if self._invite is not None and request.get("Call-ID") == self._invite.get("Call-ID"):
            return
        self._invite, self._ours, self.ended, self.up = request, False, False, False
        self._remote_uri = uri_in(request.get("Contact"))
        self._remote_to = request.get("From")
        match self.manner:
            case Manner.ANSWERS:
                self._say("180 Ringing")
                self.pick_up()
            case Manner.RINGS:
                self.ringing = True
                self._say("180 Ringing")
            case Manner.HAS_EARLY_SOUND:
                self.ringing = True
                self._say_with_sound("183 Session Progress")
            case _:
                self._say(self.manner.value)

    def _say(self, status: str) -> None:
        assert self._invite is not None
        self._send(answer(self._invite, status, self._tag, self._contact()))

    def _say_with_sound(self, status: str) -> None:
        assert self._invite is not None
        said = answer(self._invite, status, self._tag, self._contact())
        said.headers.append(("Content-Type", "application/sdp"))
        said.body = describe_sound(self.host, self.sound.port)
        self.sound.start(sound_address(self._invite.body))
        self._send(said)

    def _contact(self) -> str:
        return f"<sip:{self.user}@{self.host}:{self.port}>"

    def _answer_again(self, request: Message, addr: tuple[str, int]) -> None:
        said = answer(request, "200 OK", self._tag, self._contact())
        said.headers.append(("Content-Type", "application/sdp"))
        said.body = describe_sound(self.host, self.sound.port, 2)
        self._send(said, addr)

    # -- what a person does

    def pick_up(self) -> None:
        """Answer the call that rings."""
        self.ringing = False
        self._say_with_sound("200 OK")

    def refuse(self, status: str = "603 Decline") -> None:
        """Not answer it."""
        self.ringing = False
        self._say(status)

    async def hang_up(self) -> None:
        """End the call, in whatever state it is."""
        if self.up:
            self.up, self.ended = False, True
            await self._await_final(self._within_call("BYE"))
        elif self._ours and self._invite is not None:
            cancel = self._within_call("CANCEL", self._invite.first_line.split()[1])
            cancel.headers[0] = self._invite.all("Via")[0]
            cancel.headers[3] = ("To", self._invite.get("To"))
            self._send(cancel)

    async def invite_again(self) -> Message:
        """A re-INVITE with the same sound."""
        request = self._within_call("INVITE")
        request.body = describe_sound(self.host, self.sound.port, 2)
        request.headers.append(("Content-Type", "application/sdp"))
        self._invite = request if self._ours else self._invite
        self._send(request)
        return request

    async def refer(self, to: str) -> int:
        """Ask to pass the other side on."""
        request = self._within_call("REFER")
        request.headers.append(("Refer-To", f"<sip:{to}@127.0.0.1>"))
        request.headers.append(("Referred-By", f"<sip:{self.user}@127.0.0.1>"))
        return (await self._await_final(request)).status

    def send_raw(self, data: bytes) -> None:
        """Whatever a broken phone might send."""
        self._transport.sendto(data, self.server)

    def count(self, method: str) -> int:
        """How many requests of this kind came."""
        return sum(not message.status and message.method == method for message in self.received)

    # -- what is waited for

    async def is_up(self) -> None:
        """Wait until it talks."""
        await until(lambda: self.up, f"{self.user} is not connected: {self.status}")

    async def rings(self) -> None:
        """Wait until it rings, here or there."""
        await until(lambda: self.ringing, f"{self.user} does not ring")

    async def is_over(self) -> None:
        """Wait until the call has ended."""
        await until(lambda: self.ended, f"{self.user} is still in a call")

    async def hears(self, *tones: int) -> None:
        """Wait until exactly these are heard."""
        try:
            await until(lambda: self.sound.tones == set(tones), "")
        except AssertionError:
            raise AssertionError(f"hears {self.sound.tones}, and not {set(tones)}") from None


def _branch(message: Message) -> str:
    via = message.get("Via")
    return via.partition("branch=")[2].partition(";")[0]


async def until(condition: Callable[[], bool], complaint: str) -> None:
    """Wait for something that nobody tells of."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - a network has no end that could be waited for
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(complaint) from None
