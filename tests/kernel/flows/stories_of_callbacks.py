"""Stories of flows that promise a call: appointment, closed, back-up, and while waiting."""

from __future__ import annotations

from tests.kernel.flows.storyteller import HOUR_MS, MINUTE_MS, Click, Silence, told, turn

EVENING = {"later_ms": 10 * HOUR_MS}
"""Monday, 19 o'clock: closed; the next day is a holiday."""

DAY = "On which day? For example: tomorrow, or 24.12."
DAY_AGAIN = "I did not get that. Please give a day from today on, such as 24.12."
HOUR = "At what time?"
NUMBER = "Under which number?"
NUMBER_AGAIN = "I did not get that. A number has 5 to 15 digits."
CLOSED_THEN = "We are closed then. Please choose another time."
LISTED = "You are on our list already, and we will call you. Goodbye!"
BYE = "Thank you. Goodbye!"
TEN_ON_WEDNESDAY = "callback to 069123456 on Wednesday at 10:00"
PROMISED_TEN = "We will call you on 26 November 2025 at 10:00. Goodbye!"

APPOINTMENT = (
    told(
        "appointment",
        "a call at the time wished for",
        turn(None, DAY),
        turn("26.11.", HOUR),
        turn("2", NUMBER),
        turn("069 123 456", PROMISED_TEN),
        end=(TEN_ON_WEDNESDAY, "contained: callback"),
    ),
    told(
        "appointment",
        "on the number one calls from",
        turn(None, DAY),
        turn("26112025", DAY_AGAIN),
        turn("on 26 November", HOUR),
        turn(Click("10:00"), "Shall we reach you at +37369123456?"),
        turn("1", PROMISED_TEN),
        end=("callback to +37369123456 on Wednesday at 10:00", "contained: callback"),
        given={"channel": "voice", "address": "+37369123456"},
    ),
    told(
        "appointment",
        "a holiday is not promised",
        turn(None, DAY),
        turn("tomorrow", HOUR),
        turn("10:00", NUMBER),
        turn("069123456", CLOSED_THEN, DAY),
        turn("26.11.2025", HOUR),
        turn("10:00", NUMBER),
        turn("069123456", PROMISED_TEN),
        end=(TEN_ON_WEDNESDAY, "contained: callback"),
    ),
    told(
        "appointment",
        "a day that is over is asked again, and then a person helps",
        turn(None, DAY),
        turn("23.11.2025", DAY_AGAIN),
        turn("sometime", DAY_AGAIN),
        turn("whenever you like"),
        end="waits for sales as «Appointment»",
    ),
    told(
        "appointment",
        "what is known by then goes to the person",
        turn(None, DAY),
        turn("26.11.", HOUR),
        turn("2", NUMBER),
        turn("12", NUMBER_AGAIN),
        turn("not so fast", NUMBER_AGAIN),
        turn("I have forgotten it"),
        end="waits for sales as «Appointment» (Day: 2025-11-26; Time: 10:00)",
    ),
)

OFFER_CLOSED = "We are closed now. What would you like?"
MESSAGE = "Please leave your message."

CLOSED = (
    told(
        "closed",
        "a call when it opens",
        turn(None, OFFER_CLOSED),
        turn("1", NUMBER),
        turn("069123456", "We will call you when we open. Goodbye!"),
        end=("callback to 069123456 on Wednesday at 09:00", "contained: callback"),
        given=EVENING,
    ),
    told(
        "closed",
        "a call at a chosen time, to the address that is known",
        turn(None, OFFER_CLOSED),
        turn(Click("later"), DAY),
        turn("26.11.", HOUR),
        turn("14:00", "Shall we reach you at ion@example.org?"),
        turn(Click("yes"), "We will call you on 26 November 2025 at 14:00. Goodbye!"),
        end=("callback to ion@example.org on Wednesday at 14:00", "contained: callback"),
        given={**EVENING, "address": "ion@example.org"},
    ),
    told(
        "closed",
        "another number than the one that is known",
        turn(None, OFFER_CLOSED),
        turn("1", "Shall we reach you at ion@example.org?"),
        turn("no", NUMBER),
        turn("069123456", "We will call you when we open. Goodbye!"),
        end=("callback to 069123456 on Wednesday at 09:00", "contained: callback"),
        given={**EVENING, "address": "ion@example.org"},
    ),
    told(
        "closed",
        "a chosen time outside the hours is chosen again",
        turn(None, OFFER_CLOSED),
        turn("2", DAY),
        turn("29.11.", HOUR),
        turn("9:00", NUMBER),
        turn("069123456", CLOSED_THEN, DAY),
        turn(Silence(), BYE),
        end="left: left",
        given=EVENING,
    ),
    told(
        "closed",
        "a message",
        turn(None, OFFER_CLOSED),
        turn("leave a message", MESSAGE),
        turn("Do you have lamps?", "Thank you, we will answer."),
        end=("message for sales: Do you have lamps?", "contained: message"),
        given=EVENING,
    ),
    told(
        "closed",
        "whatever is not understood becomes a message",
        turn(None, OFFER_CLOSED),
        turn("hm", OFFER_CLOSED),
        turn("hm", OFFER_CLOSED),
        turn("I need a lamp", MESSAGE),
        turn("I need a lamp, a big one", "Thank you, we will answer."),
        end=("message for sales: I need a lamp, a big one", "contained: message"),
        given=EVENING,
    ),
    told(
        "closed",
        "nothing",
        turn(None, OFFER_CLOSED),
        turn("4", BYE),
        end="contained: contained",
        given=EVENING,
    ),
)

OFFER_BUSY = "All our lines are busy. What would you like?"

BACK_UP = (
    told(
        "back_up",
        "the telephone is passed on to the other centre",
        turn(None, OFFER_BUSY),
        turn("1", "The other centre answers at +373 22 111 111."),
        end=("passed on to +37322111111", "transferred: transferred"),
        given={"channel": "voice"},
    ),
    told(
        "back_up",
        "a chat is told the other centre's number",
        turn(None, OFFER_BUSY),
        turn("another centre", "The other centre answers at +373 22 111 111.", BYE),
        end="contained: other centre",
    ),
    told(
        "back_up",
        "a call at its turn",
        turn(None, OFFER_BUSY),
        turn("2", NUMBER),
        turn("069123456", "We will call you when it is your turn. Goodbye!"),
        end=("callback to 069123456 at its turn", "contained: callback"),
    ),
    told(
        "back_up",
        "a call at another time",
        turn(None, OFFER_BUSY),
        turn("3", DAY),
        turn("26.11.", HOUR),
        turn("10:00", NUMBER),
        turn("069123456", PROMISED_TEN),
        end=(TEN_ON_WEDNESDAY, "contained: callback"),
    ),
    told(
        "back_up",
        "who waits, waits",
        turn(None, OFFER_BUSY),
        turn("I'll wait"),
        end="waits for sales",
    ),
    told(
        "back_up",
        "who says nothing waits too",
        turn(None, OFFER_BUSY),
        turn(Silence()),
        end="waits for sales",
    ),
)

PLACE = "You are number 1 in the queue."
OFFER_CALL = "Shall we call you when it is your turn? You keep your place."
AGAIN = "Thank you for waiting. You are number 1."
WAITS = "waits for sales"

WAITING = (
    told(
        "waiting",
        "the place is told, and told again",
        turn(None, PLACE, OFFER_CALL),
        turn("I'll wait"),
        turn(Silence(2 * MINUTE_MS), AGAIN),
        turn(Silence(2 * MINUTE_MS), AGAIN),
        end=WAITS,
    ),
    told(
        "waiting",
        "a call at its turn",
        turn(None, PLACE, OFFER_CALL),
        turn("1", NUMBER),
        turn("069123456", "We will call you when it is your turn."),
        end=(WAITS, "callback to 069123456 at its turn", "contained: callback"),
        given={"channel": "voice"},
    ),
    told(
        "waiting",
        "a call at another time, to the address that is known",
        turn(None, PLACE, OFFER_CALL),
        turn(Click("later"), DAY),
        turn("26.11.", HOUR),
        turn("10:00", "Shall we reach you at +37369123456?"),
        turn("yes", PROMISED_TEN),
        end=(
            WAITS,
            "callback to +37369123456 on Wednesday at 10:00",
            "contained: callback",
        ),
        given={"address": "+37369123456"},
    ),
    told(
        "waiting",
        "a time outside the hours is chosen again",
        turn(None, PLACE, OFFER_CALL),
        turn("2", DAY),
        turn("tomorrow", HOUR),
        turn("10:00", NUMBER),
        turn("069123456", CLOSED_THEN, DAY),
        end=WAITS,
    ),
    told(
        "waiting",
        "what is written meanwhile is for the agent",
        turn(None, PLACE, OFFER_CALL),
        turn("it is about my order 1042"),
        turn("please hurry"),
        turn("yes", NUMBER),
        end=WAITS,
    ),
    told(
        "waiting",
        "a number that is not one is asked again, and then the wait goes on",
        turn(None, PLACE, OFFER_CALL),
        turn("call me", NUMBER),
        turn("12", NUMBER_AGAIN),
        turn("hm", NUMBER_AGAIN),
        turn("oh well"),
        turn(Silence(2 * MINUTE_MS), AGAIN),
        end=WAITS,
    ),
)

STORIES = (*APPOINTMENT, *CLOSED, *BACK_UP, *WAITING)
