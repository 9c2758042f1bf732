"""Look-ups in the knowledge articles."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from frontdesk.answers.knowledge.article_answers import NOTHING, ArticleAnswers
from frontdesk.kernel.flows.resources import KnowledgeSource
from frontdesk.records.articles import Articles, ArticleText
from frontdesk.records.database import Database
from frontdesk.runtime.look_ups import MissingParameter, UnfitParameter

REFUND = ArticleText(
    title="Refunds", body="Within 30 days.", language="en", questions=("money back",)
)


@pytest.fixture
async def answers(migrated_dsn: str) -> AsyncIterator[ArticleAnswers]:
    database = Database(migrated_dsn)
    articles = Articles(database)
    await articles.save("refund", REFUND, "agent:adam")
    yield ArticleAnswers(articles)
    await database.close()


async def test_the_best_article_answers(answers: ArticleAnswers) -> None:
    results = await answers.ask(KnowledgeSource(), {"question": "my money back, please!"})
    score = results.pop("score")
    assert results == {
        "found": True,
        "article_id": "refund",
        "title": "Refunds",
        "answer": "Within 30 days.",
    }
    assert 0.3 < score <= 1


async def test_nothing_found_is_a_result_of_the_same_shape(answers: ArticleAnswers) -> None:
    question = "Do you sell fish and my money?"
    assert await answers.ask(KnowledgeSource(score_min=0.9), {"question": question}) == NOTHING
    other = {"question": "money back", "language": "ru"}
    assert await answers.ask(KnowledgeSource(), other) == NOTHING
    unknown = {"question": "money back", "language": "tlh"}
    assert (await answers.ask(KnowledgeSource(), unknown))["found"] is True


async def test_without_a_question_there_is_no_answer(answers: ArticleAnswers) -> None:
    for parameters in ({}, {"question": None}, {"question": "  "}):
        with pytest.raises(MissingParameter):
            await answers.ask(KnowledgeSource(), parameters)
    with pytest.raises(UnfitParameter):
        await answers.ask(KnowledgeSource(), {"question": ["x"]})
