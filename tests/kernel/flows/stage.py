"""A centre with a desk or two, for stories about flows: what customers write, what flows say."""

from __future__ import annotations

from typing import Any

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, CustomerCard
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import Flow, FlowUse
from frontdesk.kernel.flows.resources import HttpSource, Intent, LookUp
from tests.kernel.scene import Scene, queue

LANGUAGES = ("en", "ru", "ro")

LOOK_UP = LookUp(
    look_up_id="orders",
    name="Orders",
    parameters=("number",),
    source=HttpSource(url="https://shop.example/orders/{number}", result={"status": "$.status"}),
)
INTENTS = (Intent(intent_id="balance", name="Balance"), Intent(intent_id="order", name="Order"))


def flow(*nodes: doc.AnyNode, use: FlowUse = FlowUse.ENTRY, **rest: Any) -> Flow:
    """A flow that starts at its first node."""
    settings: dict[str, Any] = {
        "flow_id": "hotline",
        "name": "Hot line",
        "start": nodes[0].node_id,
        "nodes": nodes,
        "use": use,
        "fallback_queue_id": "sales" if use is FlowUse.ENTRY else None,
    }
    return Flow(**settings | rest)


def end(node_id: str = "end", **rest: Any) -> doc.End:
    return doc.End(node_id=node_id, **rest)


def to_sales(node_id: str = "sales", **rest: Any) -> doc.EnterQueue:
    return doc.EnterQueue(node_id=node_id, queue_id="sales", **rest)


def menu(*choices: doc.Choice, node_id: str = "menu", **rest: Any) -> doc.Ask:
    return doc.Ask(
        node_id=node_id, text="What is it?", answer=doc.ChoiceAnswer(choices=choices), **rest
    )


def choice(value: str, next: str | None = None, **rest: Any) -> doc.Choice:
    return doc.Choice(value=value, label=rest.pop("label", value.title()), next=next, **rest)


class Stage(Scene):
    """Contacts here come over the chat and are numbered by the stage."""

    def __init__(self, *entities: st.SettingsEntity) -> None:
        super().__init__(queue(), queue("support"), LOOK_UP, *INTENTS, *entities)
        self._messages = 0

    def arrives(self, flow_id: str = "hotline", **rest: Any) -> Contact:
        """A customer meets the flow; how the contact stands then (it may be gone already)."""
        contact_id = self.state.next_contact_id
        given: dict[str, Any] = {
            "channel": "webchat",
            "channel_ref": f"chat-{contact_id}",
            "customer": CustomerCard("c1", "Ion", "ion@example.org"),
        }
        self.last = self.does(cmd.OpenContact(flow_id=flow_id, **given | rest))
        return self.state.contacts.get(contact_id) or self.witness_of(contact_id)

    def witness_of(self, contact_id: int) -> Contact:
        """A contact that is gone, as it was opened."""
        opened = next(e for e in self.last if isinstance(e, ev.ContactOpened))
        assert opened.contact_id == contact_id
        return Contact(
            contact_id, opened.channel, "", opened.customer, "", (), 0, None, {}, 0, 0, 0
        )

    def writes(self, contact: Contact, text: str, choice: str | None = None) -> list[ev.AnyEvent]:
        """The customer answers; returns what happened."""
        self._messages += 1
        command = cmd.PostMessage(
            contact.contact_id, Author.CUSTOMER, f"m{self._messages}", text, choice=choice
        )
        self.last = self.does(command)
        return self.last

    def said(self) -> list[str]:
        """What flows said in the last decision."""
        posted = [e for e in self.last if isinstance(e, ev.MessagePosted)]
        return [e.text for e in posted if e.author is Author.BOT]

    def path(self) -> list[str]:
        """The nodes and exits passed in the last decision."""
        passed = [e for e in self.last if isinstance(e, ev.NodePassed)]
        return [f"{e.node_id}/{e.exit}" for e in passed]

    def answers_look_up(self, result: dict[str, Any] | None, error: str = "") -> None:
        """The outside system answers what was asked last."""
        run = next(reversed(self.state.runs.values()))
        self.last = self.does(cmd.AnswerLookUp(run.run_id, run.request_id, result, error))

    def takes_for(self, *intents: tuple[str, float], **entities: str) -> None:
        """The classifier answers what was asked last."""
        run = next(reversed(self.state.runs.values()))
        self.last = self.does(
            cmd.AnswerClassification(run.run_id, run.request_id, intents, entities)
        )

    def waits(self, ms: int) -> list[ev.AnyEvent]:
        """Time passes; returns what fell due meanwhile."""
        self.last = self.wait(ms)
        return self.last
