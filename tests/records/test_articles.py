"""Knowledge articles: found in three languages by what people ask, and honestly not found."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.records.articles import Articles, ArticleText
from frontdesk.records.changes import RecordChanges
from frontdesk.records.database import Database
from frontdesk.records.words import drop_accents

ADAM = "agent:adam"
ARTICLES = {
    "delivery": ArticleText(
        title="How long delivery takes",
        body="Parcels arrive within three working days. Furniture comes by our own van.",
        language="en",
        questions=("When will my order arrive?", "shipping time"),
    ),
    "returns": ArticleText(
        title="Returning goods",
        body="You can return anything within 30 days. The money comes back to your card.",
        language="en",
        questions=("I want my money back", "refund"),
    ),
    "ru-returns": ArticleText(
        title="Возврат товара",
        body="Вернуть товар можно в течение тридцати дней. Ещё раз: сохраните чек.",
        language="ru",
        questions=("как вернуть деньги", "хочу вернуть заказ"),
    ),
    "ro-returns": ArticleText(
        title="Returnarea produselor",
        body="Puteți returna produsele în treizeci de zile. Banii se întorc pe card.",
        language="ro",
        questions=("cum primesc banii înapoi", "vreau să returnez comanda"),
    ),
    "ro-delivery": ArticleText(
        title="Cât durează livrarea",
        body="Coletele ajung în trei zile lucrătoare.",
        language="ro",
        questions=("când ajunge comanda mea", "termen de livrare"),
    ),
}
SCORE_MIN = 0.3


@pytest.fixture
async def database(migrated_dsn: str) -> AsyncIterator[Database]:
    database = Database(migrated_dsn)
    yield database
    await database.close()


@pytest.fixture
async def articles(database: Database) -> Articles:
    made = Articles(database)
    for article_id, content in ARTICLES.items():
        await made.save(article_id, content, ADAM)
    return made


async def find(articles: Articles, question: str, language: str | None = None) -> str | None:
    found = await articles.search(question, language=language, score_min=SCORE_MIN)
    return found[0].article.article_id if found else None


@pytest.mark.parametrize(
    ("question", "article_id"),
    [
        ("When does my parcel arrive?", "delivery"),
        ("how long is SHIPPING", "delivery"),
        ("can I have a refund please", "returns"),
        ("I'd like to return a lamp, where is my money?", "returns"),
        ("Как мне вернуть деньги за товар?", "ru-returns"),
        ("возврат", "ru-returns"),
        ("Cum îmi primesc banii înapoi?", "ro-returns"),
        ("cum imi primesc banii inapoi", "ro-returns"),
        ("vreau sa returnez produsul", "ro-returns"),
        ("când ajunge livrarea", "ro-delivery"),
        ("cand ajunge livrarea", "ro-delivery"),
        ("termenul de livrare", "ro-delivery"),
    ],
)
async def test_a_question_finds_its_article(
    articles: Articles, question: str, article_id: str
) -> None:
    assert await find(articles, question) == article_id


@pytest.mark.parametrize(
    "question",
    [
        "Do you sell aquariums and tropical fish?",
        "What is the meaning of life",
        "У вас есть аквариумы и рыбки?",
        "Aveți acvarii și pești tropicali?",
        "the of and",
        "să și la",
        "???",
        "' | ! & :* <->",
        "\\",
        "x" * 5_000,
    ],
)
async def test_what_nobody_has_written_about_is_not_found(
    articles: Articles, question: str
) -> None:
    assert await find(articles, question) is None


async def test_a_language_narrows_it_down(articles: Articles) -> None:
    assert await find(articles, "return", language="ru") is None
    assert await find(articles, "возврат return", language="en") == "returns"


async def test_an_article_is_found_as_it_is_now(articles: Articles) -> None:
    changed = ArticleText(title="Aquariums", body="We sell fish.", language="en")
    await articles.save("returns", changed, ADAM)
    assert await find(articles, "refund") is None
    assert await find(articles, "do you sell an aquarium") == "returns"
    hidden = ArticleText(title="Aquariums", body="", language="en", published=False)
    await articles.save("returns", hidden, ADAM)
    assert await find(articles, "aquarium") is None
    assert (await articles.search("aquarium", published=False))[0].article.published is False
    assert await articles.remove("returns", ADAM)
    assert not await articles.remove("returns", ADAM)
    assert await articles.search("aquarium", published=False) == []


async def test_scores_are_shares_and_in_order(articles: Articles) -> None:
    found = await articles.search("return money order delivery livrare возврат", count_max=10)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    whole = await articles.search("refund")
    assert whole[0].score == pytest.approx(1)


async def test_the_same_wish_twice_makes_one_article(articles: Articles) -> None:
    content = ARTICLES["delivery"]
    first = await articles.create(content, ADAM, "agent:adam/1")
    assert await articles.create(content, ADAM, "agent:adam/1") == first
    assert await articles.create(content, ADAM) != first
    page = await articles.find_page(None, None, 5)
    rest = await articles.find_page(None, page.next_cursor, 5)
    assert len(page.items + rest.items) == len(ARTICLES) + 2
    titles = [article.title for article in page.items + rest.items]
    assert titles == sorted(titles)
    assert rest.next_cursor is None
    assert [a.language for a in (await articles.find_page("ru", None, 5)).items] == ["ru"]
    assert await articles.find(first.article_id) == first
    assert await articles.find("nothing") is None


async def test_every_change_is_kept_with_who_made_it(
    articles: Articles, database: Database
) -> None:
    await articles.remove("returns", "agent:eve")
    page = await RecordChanges(database).find(None, 2)
    assert [(c.record_id, c.actor, c.removed) for c in page.items] == [
        ("returns", "agent:eve", True),
        ("ro-delivery", ADAM, False),
    ]
    assert page.items[1].record is not None
    assert page.items[1].record["title"] == ARTICLES["ro-delivery"].title
    rest = await RecordChanges(database).find(page.next_cursor, 100)
    assert len(rest.items) == len(ARTICLES) - 1
    assert rest.next_cursor is None


def test_marks_are_dropped_where_people_drop_them() -> None:
    assert drop_accents("Țară șâîă ţ ş é Ё ё й Й ö") == "Tara saia t s e Е е й Й o"


@given(st.text())
def test_dropping_marks_twice_is_dropping_them_once(text: str) -> None:
    assert drop_accents(drop_accents(text)) == drop_accents(text)
