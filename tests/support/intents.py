"""A small company's intents, in three languages."""

from __future__ import annotations

from frontdesk.kernel.flows.resources import Intent

BALANCE = Intent(
    intent_id="balance",
    name="Balance",
    examples=(
        "what is my balance",
        "how much money is left on my account",
        "show my account balance please",
        "какой у меня баланс",
        "сколько денег осталось на счету",
        "остаток на моём счёте",
        "ce sold am",
        "cât mai am pe cont",
        "vreau să aflu soldul contului",
    ),
)
HOURS = Intent(
    intent_id="hours",
    name="Opening hours",
    examples=(
        "when do you open",
        "what are your opening hours",
        "until what time is the shop open",
        "до скольки вы работаете",
        "какой у вас график работы",
        "когда открывается магазин",
        "care este programul de lucru",
        "la ce oră deschideți",
        "până la ce oră sunteți deschiși",
    ),
)
PERSON = Intent(
    intent_id="person",
    name="Speak to a person",
    examples=(
        "I want to talk to a human",
        "connect me with an operator",
        "give me a real person",
        "соедините с оператором",
        "хочу поговорить с живым человеком",
        "позовите оператора",
        "vreau să vorbesc cu un om",
        "legați-mă cu operatorul",
        "chemați un coleg al vostru",
    ),
)
ORDER = Intent(
    intent_id="order",
    name="Order status",
    examples=(
        "where is my order",
        "has my parcel been sent",
        "track my order please",
        "где мой заказ",
        "когда придёт моя посылка",
        "статус моего заказа",
        "unde este comanda mea",
        "când ajunge coletul meu",
        "vreau să urmăresc comanda",
    ),
)
SMALL = (BALANCE, HOURS, PERSON, ORDER)
