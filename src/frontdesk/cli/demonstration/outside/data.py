"""What the shop knows: its customers' accounts, their orders, its shops."""

from __future__ import annotations

from typing import Final

import msgspec

ByLanguage = dict[str, str]


class Account(msgspec.Struct, frozen=True):
    """A customer's account; a balance below 0 is owed, `due_days` counts from today."""

    owner: str
    balance: float
    due_days: int | None = None
    currency: str = "MDL"


class OrderState(msgspec.Struct, frozen=True):
    """How far an order is, in words; `{day}` is the day on which it is expected."""

    state: str
    text: ByLanguage


class Order(msgspec.Struct, frozen=True):
    """An order; `expected_days` counts from today."""

    state: OrderState
    items: tuple[tuple[str, int], ...]
    total: float
    expected_days: int | None = None
    currency: str = "MDL"


class Shop(msgspec.Struct, frozen=True):
    """A shop, in the words of each language."""

    city: ByLanguage
    address: ByLanguage
    hours: ByLanguage
    phone: str


RECEIVED: Final = OrderState(
    "received",
    {
        "en": "We have your order and are packing it. It is expected on {day}.",
        "ru": "Заказ получен, мы его собираем. Ожидаемая дата доставки – {day}.",
        "ro": "Am primit comanda și o pregătim. Livrarea este așteptată pe {day}.",
    },
)
SENT: Final = OrderState(
    "sent",
    {
        "en": "Your order is on its way. It is expected on {day}.",
        "ru": "Заказ в пути. Ожидаемая дата доставки – {day}.",
        "ro": "Comanda este pe drum. Livrarea este așteptată pe {day}.",
    },
)
DELAYED: Final = OrderState(
    "delayed",
    {
        "en": "Your order is delayed, and we are sorry. It is now expected on {day}.",
        "ru": "Заказ задерживается, приносим извинения. Новая дата доставки – {day}.",
        "ro": "Comanda întârzie și ne cerem scuze. Noua dată de livrare este {day}.",
    },
)
DELIVERED: Final = OrderState(
    "delivered",
    {
        "en": "Your order has been delivered.",
        "ru": "Заказ доставлен.",
        "ro": "Comanda a fost livrată.",
    },
)
CANCELLED: Final = OrderState(
    "cancelled",
    {
        "en": "This order was cancelled. The money is on its way back to your card.",
        "ru": "Этот заказ отменён. Деньги возвращаются на вашу карту.",
        "ro": "Această comandă a fost anulată. Banii se întorc pe cardul dumneavoastră.",
    },
)

ORDERS: Final = {
    "1001": Order(DELIVERED, (("Usva mug", 4),), 320),
    "1007": Order(DELIVERED, (("Halla lamp", 1), ("Bulb", 2)), 1_190),
    "1013": Order(SENT, (("Kaarna shelf", 1),), 2_450, 1),
    "1020": Order(SENT, (("Suvi cushion", 2),), 560, 2),
    "1024": Order(RECEIVED, (("Talvi blanket", 1),), 890, 4),
    "1031": Order(RECEIVED, (("Runo desk", 1), ("Runo chair", 1)), 6_700, 6),
    "1036": Order(DELAYED, (("Aalto table", 1),), 5_300, 9),
    "1042": Order(SENT, (("Pihka candle", 6),), 270, 1),
    "1048": Order(CANCELLED, (("Loimu rug", 1),), 1_800),
    "1055": Order(DELAYED, (("Meri sofa", 1),), 14_900, 12),
    "1060": Order(RECEIVED, (("Usva plate", 8),), 960, 3),
}

ACCOUNTS: Final = {
    "5001": Account("Ana Rusu", 0),
    "5002": Account("Ion Ceban", -1_450.5, 12),
    "5003": Account("Мария Волкова", 320),
    "5004": Account("Peter Holm", -89.9, 3),
    "5005": Account("Elena Popa", 75.25),
    "5006": Account("Сергей Иванов", -6_700, 30),
    "5007": Account("Laura Weiss", 0),
    "5008": Account("Mihai Lungu", -240, -5),
}

SHOPS: Final = (
    Shop(
        {"en": "Chisinau", "ru": "Кишинёв", "ro": "Chișinău"},
        {
            "en": "14 Mill Street, Chisinau",
            "ru": "ул. Мельничная, 14, Кишинёв",
            "ro": "str. Morii 14, Chișinău",
        },
        {
            "en": "every day from 9 to 21",
            "ru": "ежедневно с 9 до 21",
            "ro": "zilnic, de la 9 la 21",
        },
        "+373 22 000 014",
    ),
    Shop(
        {"en": "Chisinau", "ru": "Кишинёв", "ro": "Chișinău"},
        {
            "en": "2 Station Square, Chisinau",
            "ru": "Привокзальная площадь, 2, Кишинёв",
            "ro": "Piața Gării 2, Chișinău",
        },
        {
            "en": "Monday to Saturday from 8 to 20",
            "ru": "с понедельника по субботу с 8 до 20",
            "ro": "de luni până sâmbătă, de la 8 la 20",
        },
        "+373 22 000 002",
    ),
    Shop(
        {"en": "Balti", "ru": "Бельцы", "ro": "Bălți"},
        {
            "en": "31 Linden Street, Balti",
            "ru": "ул. Липовая, 31, Бельцы",
            "ro": "str. Teilor 31, Bălți",
        },
        {
            "en": "every day from 10 to 20",
            "ru": "ежедневно с 10 до 20",
            "ro": "zilnic, de la 10 la 20",
        },
        "+373 231 00 031",
    ),
    Shop(
        {"en": "Cahul", "ru": "Кагул", "ro": "Cahul"},
        {
            "en": "7 Garden Street, Cahul",
            "ru": "ул. Садовая, 7, Кагул",
            "ro": "str. Grădinii 7, Cahul",
        },
        {
            "en": "Monday to Friday from 9 to 18, Saturday to 15",
            "ru": "с понедельника по пятницу с 9 до 18, в субботу до 15",
            "ro": "de luni până vineri, de la 9 la 18, sâmbăta până la 15",
        },
        "+373 299 00 007",
    ),
)
