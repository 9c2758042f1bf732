"""Knowledge articles: kept, changed by hand, found by what a person asks in their own words.

Words are brought to their stems by PostgreSQL's dictionaries. A question is looked
for in every language at once, as each article is written in one. The score of an
article is the share of the question that it has: its words weighed by how rare they
are among the articles of the language (inverse document frequency, Spärck Jones
1972), those of the title and of the questions wholly, those of the body in part.
Words that no article has count like the rarest. So 1 means that the article has it all, and
a question about something else scores low however long the articles are.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

import msgspec
from sqlalchemy import RowMapping, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from frontdesk.records.changes import RecordChange, note_change
from frontdesk.records.clock import Clock, now_ms
from frontdesk.records.database import Database
from frontdesk.records.errors import TooManyRecords
from frontdesk.records.tables import article_words, articles
from frontdesk.records.words import LANGUAGES, drop_accents, drop_empty_words

ARTICLES_MAX: Final = 5_000
ID_BYTES: Final = 6
BODY_WEIGHT: Final = 0.6
QUESTION_CHARS_MAX: Final = 1_000
"""Of a question as it is looked for; what is longer is cut off."""

KIND: Final = "article"


class ArticleText(msgspec.Struct, frozen=True, kw_only=True):
    """What people write. `questions`: how customers ask for it, and other words for it."""

    title: str
    body: str
    language: str
    questions: tuple[str, ...] = ()
    published: bool = True


class Article(ArticleText, frozen=True, kw_only=True):
    """An article as it is kept."""

    article_id: str
    updated_ms: int
    updated_by: str


class ArticlePage(msgspec.Struct, frozen=True):
    """By title; `next_cursor` null: there are no more."""

    items: list[Article]
    next_cursor: str | None


class FoundArticle(msgspec.Struct, frozen=True):
    """`score`: the share of the question that the article has, 0 to 1."""

    article: Article
    score: float


_ADD_WORDS = text("""
INSERT INTO article_words (article_id, language, word, weight)
SELECT :article_id, :language, word.lexeme, max(part.weight)
FROM (VALUES (:heading, 1.0), (:body, CAST(:body_weight AS float))) AS part (content, weight),
     LATERAL unnest(to_tsvector(CAST(:config AS regconfig), part.content)) AS word
GROUP BY word.lexeme
""")

_FIND = text("""
WITH language AS (
  SELECT * FROM unnest(CAST(:languages AS text[]), CAST(:configs AS text[]),
                       CAST(:questions AS text[])) AS given (code, config, question)
), held AS (
  SELECT language, count(*) AS total FROM articles
  WHERE published OR NOT :published GROUP BY language
), asked AS (
  SELECT DISTINCT language.code, word.lexeme AS word
  FROM language, LATERAL unnest(to_tsvector(language.config::regconfig, language.question)) AS word
), weighed AS (
  SELECT asked.code, asked.word,
         ln(1 + held.total / (0.5 + greatest(1, count(found.word)))) AS weight
  FROM asked JOIN held ON held.language = asked.code
  LEFT JOIN article_words AS found ON found.language = asked.code AND found.word = asked.word
  GROUP BY asked.code, asked.word, held.total
), whole AS (
  SELECT code, sum(weight) AS weight FROM weighed GROUP BY code
), scored AS (
  SELECT found.article_id, sum(weighed.weight * found.weight) / min(whole.weight) AS score
  FROM weighed JOIN whole USING (code)
  JOIN article_words AS found ON found.language = weighed.code AND found.word = weighed.word
  GROUP BY found.article_id
)
SELECT articles.*, scored.score FROM scored JOIN articles USING (article_id)
WHERE (published OR NOT :published) AND scored.score >= :score_min
ORDER BY scored.score DESC, articles.article_id LIMIT :count_max
""")


class Articles:
    """Every call may raise RecordsUnavailable."""

    def __init__(self, database: Database, clock: Clock = now_ms) -> None:
        self._database = database
        self._clock = clock

    async def find(self, article_id: str) -> Article | None:
        """The article, if there is one."""
        query = select(articles).where(articles.c.article_id == article_id)
        async with self._database.begin() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return _build(row) if row is not None else None

    async def find_page(self, language: str | None, cursor: str | None, limit: int) -> ArticlePage:
        """All articles, or those of a language, by title. `cursor`: how many came before."""
        start = min(int(cursor or 0), ARTICLES_MAX)
        query = select(articles).order_by(articles.c.title, articles.c.article_id)
        if language is not None:
            query = query.where(articles.c.language == language)
        async with self._database.begin() as connection:
            rows = (await connection.execute(query.offset(start).limit(limit + 1))).mappings().all()
        more = len(rows) > limit
        return ArticlePage(
            [_build(row) for row in rows[:limit]], str(start + limit) if more else None
        )

    async def search(
        self,
        question: str,
        *,
        language: str | None = None,
        score_min: float = 0.0,
        count_max: int = 10,
        published: bool = True,
    ) -> list[FoundArticle]:
        """The articles that have most of the question, the best first. None is honest too."""
        asked = drop_accents(question[:QUESTION_CHARS_MAX].replace("\x00", " "))
        codes = [code for code in LANGUAGES if language in (None, code)]
        values = {
            "languages": codes,
            "configs": [LANGUAGES[code] for code in codes],
            "questions": [drop_empty_words(asked, code) for code in codes],
            "published": published,
            "score_min": score_min,
            "count_max": count_max,
        }
        async with self._database.begin() as connection:
            rows = (await connection.execute(_FIND, values)).mappings().all()
        return [FoundArticle(_build(row), min(1.0, float(row["score"]))) for row in rows]

    async def create(
        self, content: ArticleText, created_by: str, command_id: str | None = None
    ) -> Article:
        """Keeps a new article; the same `command_id` again gives the first one.

        Raises TooManyRecords.
        """
        async with self._database.begin() as connection:
            before = await _find_made(connection, command_id)
            if before is not None:
                return before
            return await self._put(
                connection, secrets.token_hex(ID_BYTES), content, created_by, command_id
            )

    async def save(self, article_id: str, content: ArticleText, saved_by: str) -> Article:
        """Puts it in place of the article of that id, or back where it was removed.

        Raises TooManyRecords.
        """
        async with self._database.begin() as connection:
            return await self._put(connection, article_id, content, saved_by, None)

    async def remove(self, article_id: str, removed_by: str) -> bool:
        """Forgets it; False if there is none."""
        statement = delete(articles).where(articles.c.article_id == article_id)
        change = RecordChange(KIND, article_id, self._clock(), removed_by, removed=True)
        async with self._database.begin() as connection:
            if not (await connection.execute(statement)).rowcount:
                return False
            await note_change(connection, change)
        return True

    async def _put(
        self,
        connection: AsyncConnection,
        article_id: str,
        content: ArticleText,
        actor: str,
        command_id: str | None,
    ) -> Article:
        at_ms = self._clock()
        fields: dict[str, Any] = msgspec.to_builtins(content)
        values = {**fields, "updated_ms": at_ms, "updated_by": actor}
        statement = insert(articles).values(article_id=article_id, command_id=command_id, **values)
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["article_id"], set_=values)
        )
        count = await connection.execute(select(func.count()).select_from(articles))
        if count.scalar_one() > ARTICLES_MAX:
            raise TooManyRecords("articles", ARTICLES_MAX)
        await _index(connection, article_id, content)
        await note_change(connection, RecordChange(KIND, article_id, at_ms, actor, record=fields))
        return msgspec.convert({**values, "article_id": article_id}, Article)


async def _find_made(connection: AsyncConnection, command_id: str | None) -> Article | None:
    if command_id is None:
        return None
    query = select(articles).where(articles.c.command_id == command_id)
    row = (await connection.execute(query)).mappings().one_or_none()
    return _build(row) if row is not None else None


async def _index(connection: AsyncConnection, article_id: str, content: ArticleText) -> None:
    language = content.language

    def prepare(words: str) -> str:
        return drop_empty_words(drop_accents(words), language)

    await connection.execute(delete(article_words).where(article_words.c.article_id == article_id))
    values = {
        "article_id": article_id,
        "language": language,
        "config": LANGUAGES[language],
        "heading": prepare("\n".join((content.title, *content.questions))),
        "body": prepare(content.body),
        "body_weight": BODY_WEIGHT,
    }
    await connection.execute(_ADD_WORDS, values)


def _build(row: RowMapping) -> Article:
    names = Article.__struct_fields__
    return msgspec.convert({name: row[name] for name in names}, Article)
