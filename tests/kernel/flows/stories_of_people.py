"""Stories of flows about people: the secretary, and the survey after an agent."""

from __future__ import annotations

from tests.kernel.flows.storyteller import HOUR_MS, Click, Silence, told, turn

EVENING = {"later_ms": 10 * HOUR_MS}
"""Monday, 19 o'clock: closed."""

HELLO = "Good day, this is Frontdesk."
WHOM = "Whom would you like to speak to?"
WHO_AGAIN = "I did not find that person. Whom would you like to speak to?"
REACH = "Under which number or address can we reach you?"
TAKE = "May I take a message? I will pass it on."
PASSED = "I will pass it on. Goodbye!"
ANN_AWAY = "Ann Lind is not here just now."

SECRETARY = (
    told(
        "secretary",
        "it puts through to who is there",
        turn(None, HELLO, WHOM),
        turn("1"),
        end="waits for sales, ann first as «For Ann Lind»",
        given={"at_work": ["ann"], "channel": "voice"},
    ),
    told(
        "secretary",
        "it understands a surname in a sentence or alone",
        turn(None, HELLO, WHOM),
        turn("Ode"),
        end="waits for sales, ben first as «For Ben Ode»",
        given={"at_work": ["ann", "ben"]},
    ),
    told(
        "secretary",
        "who is not there gets the message, with a number",
        turn(None, HELLO, WHOM),
        turn("Ann Lind, please", ANN_AWAY, REACH),
        turn("069123456", TAKE),
        turn("Please call me about the lamps.", PASSED),
        end=("message for ann: Please call me about the lamps.", "contained: message"),
        given={"at_work": ["ben"]},
    ),
    told(
        "secretary",
        "an address that is known is not asked for",
        turn(None, HELLO, WHOM),
        turn(Click("second"), "Ben Ode is not here just now.", TAKE),
        turn("Call me.", PASSED),
        end=("message for ben: Call me.", "contained: message"),
        given={"address": "+37369123456", "channel": "voice"},
    ),
    told(
        "secretary",
        "outside their hours people are not put through to",
        turn(None, HELLO, WHOM),
        turn("1", ANN_AWAY, REACH),
        turn("ion@example.org", TAKE),
        turn(Silence(), "Thank you. Goodbye!"),
        end="left: left",
        given={**EVENING, "at_work": ["ann"]},
    ),
    told(
        "secretary",
        "the telephone is passed on to the director's own number",
        turn(None, HELLO, WHOM),
        turn(
            "the director please",
            "I am putting you through. The direct number is +373 22 000 000.",
        ),
        end=("passed on to +37322000000", "transferred: transferred"),
        given={"channel": "voice"},
    ),
    told(
        "secretary",
        "a chat gets the director's number and may leave a message",
        turn(None, HELLO, WHOM),
        turn(
            "3",
            "I am putting you through. The direct number is +373 22 000 000.",
            REACH,
        ),
        turn("069123456", TAKE),
        turn("The roof leaks.", PASSED),
        end=("message for sales: The roof leaks.", "contained: message"),
    ),
    told(
        "secretary",
        "who names nobody it knows leaves a message",
        turn(None, HELLO, WHOM),
        turn("Mister Pickwick", WHO_AGAIN),
        turn("Pickwick!", WHO_AGAIN),
        turn("Samuel", REACH),
        turn("12 Goswell Street", TAKE),
        turn("I was here.", PASSED),
        end=("message for sales: I was here.", "contained: message"),
    ),
    told(
        "secretary",
        "anybody will do",
        turn(None, HELLO, WHOM),
        turn("anybody who can help"),
        end="waits for sales",
    ),
    told(
        "secretary",
        "in Russian",
        turn(None, "Здравствуйте, это Frontdesk.", "С кем вас соединить?"),
        turn(
            "Ann Lind",
            "Ann Lind сейчас не на месте.",
            "По какому номеру или адресу с вами связаться?",
        ),
        turn("069123456", "Оставите сообщение? Я передам."),
        turn("Перезвоните", "Я всё передам. До свидания!"),
        end=("message for ann: Перезвоните", "contained: message"),
        given={"language": "ru"},
    ),
)

MAY = "May we ask four short questions?"
SATISFIED = "How satisfied are you, from 1 (not at all) to 5 (very)?"
RESOLVED = "Is your matter resolved?"
RECOMMEND = "How likely are you to recommend us, from 0 to 10?"
BETTER = "What could we do better?"
BYE = "Thank you. Goodbye!"
ANN = {"at_work": ["ann"]}

SURVEY = (
    told(
        "survey",
        "all is answered",
        turn(None, MAY),
        turn("yes", SATISFIED),
        turn("5", RESOLVED),
        turn("yes", RECOMMEND),
        turn("10", BETTER),
        turn("Nothing", BYE),
        end=(
            "waits for sales",
            "csat: 5",
            "resolved: 1",
            "nps: 10",
            "text: Nothing",
            "finished: contained",
        ),
        given=ANN,
    ),
    told(
        "survey",
        "in sentences, on the telephone",
        turn(None, MAY),
        turn("yes please", SATISFIED),
        turn("I'd say a 2", RESOLVED),
        turn("no, it is not", RECOMMEND),
        turn("a 3", BETTER),
        turn("Be quicker", BYE),
        end=(
            "waits for sales",
            "csat: 2",
            "resolved: 0",
            "nps: 3",
            "text: Be quicker",
            "finished: contained",
        ),
        given={**ANN, "channel": "voice"},
    ),
    told(
        "survey",
        "who does not want to is let go",
        turn(None, MAY),
        turn("no", BYE),
        end=("waits for sales", "finished: contained"),
        given=ANN,
    ),
    told(
        "survey",
        "a wrong answer is asked again, and then the rest is left out",
        turn(None, MAY),
        turn("1", SATISFIED),
        turn("6", SATISFIED),
        turn("4", RESOLVED),
        turn("perhaps", RESOLVED),
        turn("yes and no", RESOLVED),
        turn("hm", BYE),
        end=("waits for sales", "csat: 4", "finished: contained"),
        given=ANN,
    ),
    told(
        "survey",
        "silence keeps what was said",
        turn(None, MAY),
        turn("1", SATISFIED),
        turn("4", RESOLVED),
        turn(Silence(), BYE),
        end=("waits for sales", "csat: 4", "finished: contained"),
        given=ANN,
    ),
)

STORIES = (*SECRETARY, *SURVEY)
