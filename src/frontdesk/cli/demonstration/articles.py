"""The demo's knowledge: what customers of the shop ask most, in three languages."""

from __future__ import annotations

from typing import Final

from frontdesk.records.articles import ArticleText

ARTICLES: Final = {
    "delivery-en": ArticleText(
        title="How long delivery takes and what it costs",
        body=(
            "Parcels arrive within two or three working days. Furniture comes by our own van, "
            "usually within a week; we agree on the day with you beforehand. Delivery costs 60 "
            "lei, and nothing for orders above 1,000 lei."
        ),
        language="en",
        questions=(
            "When will my order arrive?",
            "How much is shipping?",
            "Do you deliver to my city?",
            "delivery time and price",
        ),
    ),
    "delivery-ru": ArticleText(
        title="Сроки и стоимость доставки",
        body=(
            "Посылки приходят за два-три рабочих дня. Мебель привозит наша машина, обычно в "
            "течение недели; день мы согласуем с вами заранее. Доставка стоит 60 леев, а при "
            "заказе от 1000 леев она бесплатна."
        ),
        language="ru",
        questions=(
            "Когда привезут мой заказ?",
            "Сколько стоит доставка?",
            "Доставляете ли вы в другие города?",
            "сколько ждать посылку",
        ),
    ),
    "delivery-ro": ArticleText(
        title="Cât durează și cât costă livrarea",
        body=(
            "Coletele ajung în două sau trei zile lucrătoare. Mobila vine cu mașina noastră, de "
            "obicei într-o săptămână; stabilim ziua cu dumneavoastră din timp. Livrarea costă 60 "
            "de lei, iar pentru comenzi de peste 1000 de lei este gratuită."
        ),
        language="ro",
        questions=(
            "Când ajunge comanda mea?",
            "Cât costă livrarea?",
            "Livrați și în alte orașe?",
            "termen de livrare",
        ),
    ),
    "returns-en": ArticleText(
        title="Returns and refunds",
        body=(
            "You can return anything unused within 30 days, in any of our shops or by courier. The "
            "money comes back to your card within five working days. Keep the receipt or have your "
            "order number at hand."
        ),
        language="en",
        questions=(
            "I want my money back",
            "How do I return an item?",
            "Can I exchange a product?",
            "It arrived broken or damaged",
        ),
    ),
    "returns-ru": ArticleText(
        title="Возврат товара и денег",
        body=(
            "Неиспользованный товар можно вернуть в течение 30 дней в любом нашем магазине или "
            "курьером. Деньги поступят на карту в течение пяти рабочих дней. Сохраните чек или "
            "назовите номер заказа."
        ),
        language="ru",
        questions=(
            "Хочу вернуть деньги",
            "Как вернуть товар?",
            "Можно ли обменять покупку?",
            "пришёл сломанный, разбитый, бракованный товар",
        ),
    ),
    "returns-ro": ArticleText(
        title="Returnarea produselor și a banilor",
        body=(
            "Puteți returna orice produs nefolosit în 30 de zile, în oricare magazin al nostru sau "
            "prin curier. Banii se întorc pe card în cinci zile lucrătoare. Păstrați bonul sau "
            "spuneți numărul comenzii."
        ),
        language="ro",
        questions=(
            "Vreau banii înapoi",
            "Cum returnez un produs?",
            "Pot schimba produsul?",
            "produsul a venit stricat, spart sau defect",
        ),
    ),
    "payment-en": ArticleText(
        title="How you can pay",
        body=(
            "By card on our pages and in our shops, in cash at delivery up to 10,000 lei, or by "
            "bank transfer for companies. Furniture can be paid in three parts without interest."
        ),
        language="en",
        questions=(
            "Can I pay by card?",
            "Do you take cash?",
            "payment in instalments",
            "I need an invoice for my company",
        ),
    ),
    "payment-ru": ArticleText(
        title="Способы оплаты",
        body=(
            "Картой на сайте и в магазинах, наличными при получении до 10 000 леев или банковским "
            "переводом для компаний. Мебель можно оплатить в три этапа без процентов."
        ),
        language="ru",
        questions=(
            "Можно оплатить картой?",
            "Принимаете наличные?",
            "оплата в рассрочку",
            "Нужен счёт на компанию",
        ),
    ),
    "payment-ro": ArticleText(
        title="Cum puteți plăti",
        body=(
            "Cu cardul pe pagină și în magazine, în numerar la livrare până la 10 000 de lei sau "
            "prin transfer bancar pentru companii. Mobila se poate plăti în trei rate fără dobândă."
        ),
        language="ro",
        questions=(
            "Pot plăti cu cardul?",
            "Primiți numerar?",
            "plata în rate",
            "Am nevoie de o factură pentru firmă",
        ),
    ),
    "assembly-en": ArticleText(
        title="Assembly and spare parts",
        body=(
            "Our workshop assembles furniture at your home for 250 lei; ask for it when you order. "
            "Missing screws and other spare parts are sent free of charge within the warranty, "
            "which is five years for furniture and two for lamps."
        ),
        language="en",
        questions=(
            "Can you assemble my furniture?",
            "A screw is missing",
            "How long is the warranty?",
            "spare parts, instructions, repair",
        ),
    ),
    "assembly-ru": ArticleText(
        title="Сборка и запасные части",
        body=(
            "Наша мастерская собирает мебель у вас дома за 250 леев; скажите об этом при заказе. "
            "Недостающие винты и другие запчасти мы присылаем бесплатно в течение гарантии: пять "
            "лет на мебель и два года на светильники."
        ),
        language="ru",
        questions=(
            "Вы собираете мебель?",
            "Не хватает винта, детали",
            "Какая гарантия?",
            "запчасти, инструкция, ремонт",
        ),
    ),
    "assembly-ro": ArticleText(
        title="Montaj și piese de schimb",
        body=(
            "Atelierul nostru montează mobila la dumneavoastră acasă pentru 250 de lei; cereți "
            "acest lucru la comandă. Șuruburile lipsă și alte piese se trimit gratuit în perioada "
            "de garanție: cinci ani pentru mobilă și doi pentru lămpi."
        ),
        language="ro",
        questions=(
            "Montați mobila?",
            "Lipsește un șurub",
            "Cât ține garanția?",
            "piese de schimb, instrucțiuni, reparație",
        ),
    ),
}
"""By id."""
