"""Answers a question by the article that has most of it, or says that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from frontdesk.answers.lookups.results import RESULT_TEXT_CHARS_MAX
from frontdesk.answers.lookups.templates import write_text
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import KnowledgeSource
from frontdesk.records.articles import Articles
from frontdesk.records.words import LANGUAGES
from frontdesk.runtime.look_ups import MissingParameter

NOTHING: Final[dict[str, Value]] = {
    "found": False,
    "article_id": "",
    "title": "",
    "answer": "",
    "score": 0.0,
}


class ArticleAnswers:
    """Asks knowledge sources."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    async def ask(
        self, source: KnowledgeSource, parameters: Mapping[str, Value]
    ) -> dict[str, Value]:
        """See `KnowledgeSource`. Of no known language means of any.

        Raises MissingParameter, UnfitParameter, RecordsUnavailable.
        """
        question = write_text("question", parameters.get("question"))
        if not question.strip():
            raise MissingParameter("question")
        language = parameters.get("language")
        found = await self._articles.search(
            question,
            language=language if language in LANGUAGES else None,
            score_min=source.score_min,
            count_max=1,
        )
        if not found:
            return dict(NOTHING)
        article, score = found[0].article, found[0].score
        return {
            "found": True,
            "article_id": article.article_id,
            "title": article.title,
            "answer": article.body[:RESULT_TEXT_CHARS_MAX],
            "score": round(score, 3),
        }
