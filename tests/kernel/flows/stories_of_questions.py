"""Stories of flows that answer questions: hot line, order status, balance, and the plain menu."""

from __future__ import annotations

from tests.kernel.flows.storyteller import HOUR_MS, Click, Silence, told, turn

EVENING = {"later_ms": 10 * HOUR_MS}
"""Monday, 19 o'clock: closed."""

NUMBER = "What is the number of your order?"
ENOUGH = "Does that answer your question?"
AGAIN = "I did not get that. The number has 3 to 12 digits."
BYE = "Thank you. Goodbye!"

ORDER_STATUS = (
    told(
        "order_status",
        "an order is told",
        turn(None, NUMBER),
        turn("1042", "Order 1042: it is on its way.", ENOUGH),
        turn(Click("yes"), BYE),
        end="contained: contained",
    ),
    told(
        "order_status",
        "an answer that does not help goes to a person with the number",
        turn(None, NUMBER),
        turn("10-42", "Order 1042: it is on its way.", ENOUGH),
        turn("no"),
        end="waits for sales as «An order» (Order number: 1042)",
    ),
    told(
        "order_status",
        "a wrong number is tried again",
        turn(None, NUMBER),
        turn("777", "I find no order 777. Shall we try another number?"),
        turn("yes please", NUMBER),
        turn("1042", "Order 1042: it is on its way.", ENOUGH),
        turn(Silence(), BYE),
        end="contained: contained",
    ),
    told(
        "order_status",
        "who has no number goes to a person",
        turn(None, NUMBER),
        turn("I don't have it", AGAIN),
        turn("really", AGAIN),
        turn("no"),
        end="waits for sales as «An order»",
    ),
    told(
        "order_status",
        "a system that does not answer leads to a person",
        turn(None, NUMBER),
        turn("1042", "I can't look that up just now."),
        end="waits for sales as «An order» (Order number: 1042)",
        given={"fails": ["order_status"]},
    ),
    told(
        "order_status",
        "silence ends it",
        turn(None, NUMBER),
        turn(Silence(), BYE),
        end="left: left",
    ),
    told(
        "order_status",
        "in Russian",
        turn(None, "Какой номер вашего заказа?"),
        turn("777", "Заказа 777 не нахожу. Попробовать другой номер?"),
        turn("нет"),
        end="waits for sales as «Заказ» (Order number: 777)",
        given={"language": "ru", "channel": "sms"},
    ),
)

ACCOUNT = "Please give the number of your account."
MORE = "Is there anything else?"

BALANCE = (
    told(
        "balance",
        "a balance is told",
        turn(None, ACCOUNT),
        turn("5002", "Your balance is 1,250.50 lei.", MORE),
        turn("1", BYE),
        end="contained: contained",
        given={"channel": "voice"},
    ),
    told(
        "balance",
        "who wants more speaks to a person",
        turn(None, ACCOUNT),
        turn("5002", "Your balance is 1,250.50 lei.", MORE),
        turn(Click("person")),
        end="waits for sales as «Balance» (Account: 5002)",
    ),
    told(
        "balance",
        "what the flow does not understand goes to a person",
        turn(None, ACCOUNT),
        turn("5002", "Your balance is 1,250.50 lei.", MORE),
        turn("why so little", MORE),
        turn("you took too much", MORE),
        turn("hello?"),
        end="waits for sales as «Balance» (Account: 5002)",
    ),
    told(
        "balance",
        "an unknown account is tried again",
        turn(None, ACCOUNT),
        turn("50021", "There is no account 50021. Shall we try another number?"),
        turn(Click("yes"), ACCOUNT),
        turn("5002", "Your balance is 1,250.50 lei.", MORE),
        turn("no", BYE),
        end="contained: contained",
    ),
    told(
        "balance",
        "a number too short is asked again, and then a person helps",
        turn(None, ACCOUNT),
        *(turn("12", "I did not get that. The number has 4 to 20 digits.") for _ in range(2)),
        turn("12"),
        end="waits for sales as «Balance»",
    ),
    told(
        "balance",
        "a bank that does not answer leads to a person",
        turn(None, ACCOUNT),
        turn("5002", "I can't look that up just now."),
        end="waits for sales as «Balance» (Account: 5002)",
        given={"fails": ["balance"]},
    ),
    told(
        "balance",
        "in Romanian the figures are written the Romanian way",
        turn(None, "Vă rugăm să spuneți numărul contului."),
        turn("5002", "Soldul este de 1.250,50 lei.", "Mai doriți ceva?"),
        turn("nu, mulțumesc", "Vă mulțumim. La revedere!"),
        end="contained: contained",
        given={"language": "ro"},
    ),
)

ABOUT = "What is it about? Choose, or say it in your own words."
NOT_SURE = "I am not sure that I understand. Please choose, or say it in other words."
HAND_OVER = "I am still not sure. Somebody of ours will help you."
ON_ITS_WAY = "Order 1042: it is on its way."
RETURNS = "You can return anything unused within 30 days."
NOBODY = "Nobody is here just now. Leave a message, and we will answer."

HOT_LINE = (
    told(
        "hot_line",
        "free words with the number are answered at once",
        turn(None, "Good day!", ABOUT),
        turn("where is my order 1042?", ON_ITS_WAY, MORE),
        turn("and what is on my account 5002", "Your balance is 1,250.50 lei.", MORE),
        turn("no, thank you", BYE),
        end="contained: contained",
    ),
    told(
        "hot_line",
        "what is missing is asked for",
        turn(None, "Good day!", ABOUT),
        turn("did you ship my parcel", NUMBER),
        turn("1042", ON_ITS_WAY, MORE),
        turn("that is all", BYE),
        end="contained: contained",
    ),
    told(
        "hot_line",
        "a number that was said before is not taken for the next question's",
        turn(None, "Good day!", ABOUT),
        turn("where is my order 1042?", ON_ITS_WAY, MORE),
        turn("where is the other parcel", NUMBER),
        turn("777", "I find no order 777. Shall we try another number?"),
        turn(Click("no")),
        end="waits for sales as «An order» (Order number: 777)",
    ),
    told(
        "hot_line",
        "keys do as well as words",
        turn(None, "Good day!", ABOUT),
        turn("2", ACCOUNT),
        turn("5002", "Your balance is 1,250.50 lei.", MORE),
        turn("1", BYE),
        end="contained: contained",
        given={"channel": "voice"},
    ),
    told(
        "hot_line",
        "an article answers",
        turn(None, "Good day!", ABOUT),
        turn("can I return a lamp?", RETURNS, ENOUGH),
        turn("yes", MORE),
        turn(Silence(), BYE),
        end="contained: contained",
    ),
    told(
        "hot_line",
        "an article that does not help hands over with the question",
        turn(None, "Good day!", ABOUT),
        turn("how do I return a lamp?", RETURNS, ENOUGH),
        turn("no"),
        end="waits for sales (Question: how do I return a lamp?; Understood as: return_goods)",
    ),
    told(
        "hot_line",
        "another question may follow instead of a yes or no",
        turn(None, "Good day!", ABOUT),
        turn("can I return a lamp?", RETURNS, ENOUGH),
        turn("when do you open", "From 9 to 17.", ENOUGH),
        turn("yes", MORE),
        turn("1", BYE),
        end="contained: contained",
    ),
    told(
        "hot_line",
        "doubt asks back once and then hands over",
        turn(None, "Good day!", ABOUT),
        turn("the moon is made of cheese", NOT_SURE),
        turn("blue, I mean", HAND_OVER),
        end="waits for sales (Question: blue, I mean)",
    ),
    told(
        "hot_line",
        "said in other words it is understood",
        turn(None, "Good day!", ABOUT),
        turn("hm", NOT_SURE),
        turn("I want to know where my order 1042 is", ON_ITS_WAY, MORE),
        turn(Click("no"), BYE),
        end="contained: contained",
    ),
    told(
        "hot_line",
        "a person is a word away",
        turn(None, "Good day!", ABOUT),
        turn("let me talk to a human being"),
        end="waits for sales",
    ),
    told(
        "hot_line",
        "a complaint is not argued with",
        turn(None, "Good day!", ABOUT),
        turn(
            "this is outrageous, your courier was rude",
            "I am sorry to hear that. Somebody of ours will help you.",
        ),
        end=(
            "waits for sales (Question: this is outrageous, your courier was rude;"
            " Understood as: complaint)"
        ),
    ),
    told(
        "hot_line",
        "who only listens speaks to a person",
        turn(None, "Good day!", ABOUT),
        turn(Silence()),
        end="waits for sales",
        given={"channel": "voice"},
    ),
    told(
        "hot_line",
        "questions are answered after hours, and a message is taken for a person",
        turn(None, "Good day!", ABOUT),
        turn("where is my order 1042", ON_ITS_WAY, MORE),
        turn("0", NOBODY),
        turn("Please call me tomorrow", "Thank you, we will answer. Goodbye!"),
        end=("message for sales: Please call me tomorrow", "contained: message"),
        given=EVENING,
    ),
    told(
        "hot_line",
        "the systems fail, and a person helps",
        turn(None, "Good day!", ABOUT),
        turn("where is my order 1042", "I can't look that up just now."),
        end="waits for sales as «An order» (Order number: 1042)",
        given={"fails": ["order_status"]},
    ),
    told(
        "hot_line",
        "the articles can't be searched",
        turn(None, "Good day!", ABOUT),
        turn("can I return a lamp", NOT_SURE),
        turn("return a lamp", HAND_OVER),
        end="waits for sales (Question: return a lamp; Understood as: return_goods)",
        given={"fails": ["common_questions"]},
    ),
    told(
        "hot_line",
        "it goes on in the language in which the customer writes",
        turn(None, "Good day!", ABOUT),
        turn("где мой заказ 1042", "Заказ 1042: it is on its way.", "Что-нибудь ещё?"),
        turn(
            "можно вернуть лампу?",
            "Вернуть товар можно в течение 30 дней.",
            "Это ответ на ваш вопрос?",
        ),
        turn("vreau să vorbesc cu un om"),
        end="waits for sales (Question: vreau să vorbesc cu un om; Understood as: person)",
    ),
)

MENU_ABOUT = "What is it about?"

MENU = (
    told(
        "menu",
        "a choice goes to the agent with the contact",
        turn(None, "Good day!", MENU_ABOUT),
        turn("2"),
        end="waits for sales as «order»",
        given={"channel": "sms"},
    ),
    told(
        "menu",
        "who does not choose is put through all the same",
        turn(None, "Good day!", MENU_ABOUT),
        *(turn("hm", MENU_ABOUT) for _ in range(2)),
        turn("hm"),
        end="waits for sales",
    ),
    told(
        "menu",
        "after hours silence leaves no message",
        turn(None, "Good day!", "We are closed now. Leave a message, and we will answer."),
        turn(Silence(), BYE),
        end="left: left",
        given=EVENING,
    ),
    told(
        "menu",
        "after hours a message is taken",
        turn(None, "Good day!", "We are closed now. Leave a message, and we will answer."),
        turn("Do you have lamps?", "Thank you!"),
        end=("message for sales: Do you have lamps?", "contained: message"),
        given=EVENING,
    ),
)

STORIES = (*ORDER_STATUS, *BALANCE, *HOT_LINE, *MENU)
