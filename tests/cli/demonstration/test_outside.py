"""The demo's own outside systems, its look-ups and its articles."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from frontdesk.cli.demonstration.articles import ARTICLES
from frontdesk.cli.demonstration.company import ENTITIES
from frontdesk.cli.demonstration.look_ups import LOOK_UPS
from frontdesk.cli.demonstration.outside.data import ACCOUNTS, ORDERS
from frontdesk.cli.demonstration.outside.service import build_service
from frontdesk.kernel.flows.look_up_checks import check_look_up
from frontdesk.kernel.flows.resources import KnowledgeSource
from frontdesk.records.articles import Articles
from frontdesk.records.database import Database
from frontdesk.records.words import LANGUAGES

TOKEN = "token"


@pytest.fixture
def shop() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(build_service(TOKEN))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return httpx.AsyncClient(transport=transport, base_url="http://shop.test", headers=headers)


async def test_nobody_gets_in_without_the_token(shop: httpx.AsyncClient) -> None:
    for headers in ({"Authorization": "Bearer other"}, {"Authorization": ""}):
        for path in ("/orders/1042", "/accounts/5001/balance", "/shops"):
            assert (await shop.get(path, headers=headers)).status_code == 401


@pytest.mark.parametrize("language", [*LANGUAGES, "fr"])
async def test_every_order_is_told_of_in_every_language(
    shop: httpx.AsyncClient, language: str
) -> None:
    texts: set[str] = set()
    for number in ORDERS:
        answer = await shop.get(f"/orders/VH-{number}", params={"language": language})
        order = answer.json()
        assert order["number"] == number
        assert (order["expected"] is None) == ("{day}" not in ORDERS[number].state.text["en"])
        assert "{" not in order["text"]
        texts.add(order["text"])
    assert len(texts) >= 5
    assert (await shop.get("/orders/9999")).status_code == 404


async def test_balances_are_told(shop: httpx.AsyncClient) -> None:
    for number, account in ACCOUNTS.items():
        told = (await shop.get(f"/accounts/{number}/balance")).json()
        assert (told["owner"], told["balance"]) == (account.owner, account.balance)
        assert told["overdue"] == (number == "5008")
    assert (await shop.get("/accounts/1/balance")).status_code == 404


@pytest.mark.parametrize(
    ("city", "count"),
    [("Chișinău", 2), ("chisinau", 2), ("КИШИНЕВ", 2), ("Bălţi", 1), ("Paris", 0), ("", 4)],
)
async def test_a_city_is_known_however_it_is_written(
    shop: httpx.AsyncClient, city: str, count: int
) -> None:
    answer = await shop.get("/shops", params={"city": city, "language": "ru"})
    assert len(answer.json()["shops"]) == count


def test_the_look_ups_are_sound_and_come_with_the_company() -> None:
    assert [check_look_up(each) for each in LOOK_UPS] == [None] * len(LOOK_UPS)
    assert all(each in ENTITIES for each in LOOK_UPS)
    assert all(set(each.example) == set(each.parameters) for each in LOOK_UPS)


@pytest.fixture
async def articles(migrated_dsn: str) -> AsyncIterator[Articles]:
    database = Database(migrated_dsn)
    articles = Articles(database)
    for article_id, content in ARTICLES.items():
        await articles.save(article_id, content, "test")
    yield articles
    await database.close()


ASKED = {
    "when is my parcel coming": "delivery-en",
    "what do you charge for delivery": "delivery-en",
    "how can I get a refund for the lamp": "returns-en",
    "the mug arrived broken": "returns-en",
    "can I pay with a card in the shop": "payment-en",
    "please send an invoice to my company": "payment-en",
    "there is one screw missing": "assembly-en",
    "how long do I have warranty on furniture": "assembly-en",
    "когда придёт посылка": "delivery-ru",
    "сколько будет стоить доставка": "delivery-ru",
    "как мне вернуть лампу": "returns-ru",
    "кружка пришла разбитая": "returns-ru",
    "можно ли платить наличными": "payment-ru",
    "нужен счёт для компании": "payment-ru",
    "не хватает одного винта": "assembly-ru",
    "сколько длится гарантия": "assembly-ru",
    "cand vine coletul": "delivery-ro",
    "cat costa livrarea la Balti": "delivery-ro",
    "vreau sa returnez lampa": "returns-ro",
    "produsul a venit spart": "returns-ro",
    "pot plati cu cardul in magazin": "payment-ro",
    "am nevoie de factura": "payment-ro",
    "lipseste un surub": "assembly-ro",
    "cat e garantia la mobila": "assembly-ro",
}
NOT_WRITTEN = [
    "do you have jobs for students",
    "tell me a joke",
    "who is the president of France",
    "есть ли у вас работа",
    "расскажи анекдот",
    "какая завтра погода",
    "aveti locuri de munca",
    "spune-mi o gluma",
    "cum e vremea maine",
]


async def test_customers_questions_find_what_was_written_for_them(articles: Articles) -> None:
    score_min = KnowledgeSource().score_min
    found: dict[str, str | None] = {}
    for question in [*ASKED, *NOT_WRITTEN]:
        best = await articles.search(question, score_min=score_min, count_max=1)
        found[question] = best[0].article.article_id if best else None
    wrong = {q: found[q] for q in found if found[q] != ASKED.get(q)}
    assert wrong == {}
