"""Knowledge articles: written by administrators, found by everybody, answered from by flows."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import Router, delete, get, post, put
from litestar.exceptions import PermissionDeniedException
from litestar.params import JSONBody, PathParameter, QueryParameter

from frontdesk.api.calls import PAGE_DEFAULT, Caller, CommandId, PageSize, Parts
from frontdesk.api.identity import administrators_only, agents_only
from frontdesk.api.routes.contact_records import Cursor
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role
from frontdesk.records.articles import (
    QUESTION_CHARS_MAX,
    Article,
    ArticlePage,
    ArticleText,
    FoundArticle,
)
from frontdesk.runtime.refused import Refused, refuse

TITLE_CHARS_MAX = 200
BODY_CHARS_MAX = 8_000
QUESTIONS_MAX = 50
FOUND_MAX = 20

LanguageCode = Literal["en", "ru", "ro"]
ArticleId = Annotated[str, PathParameter(max_length=64, pattern="^[A-Za-z0-9_-]+$")]
LanguageQuery = Annotated[LanguageCode | None, QueryParameter(description="Of the article")]
QuestionQuery = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=QUESTION_CHARS_MAX, description="In a customer's own words"
    ),
]
DraftsQuery = Annotated[
    bool, QueryParameter(description="Those not published too: for administrators")
]
FoundSize = Annotated[int, QueryParameter(ge=1, le=FOUND_MAX)]


class NewArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people write. `questions`: how customers ask for it, and other words for it."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=TITLE_CHARS_MAX)]
    body: Annotated[str, msgspec.Meta(max_length=BODY_CHARS_MAX)]
    language: LanguageCode
    questions: Annotated[
        tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=TITLE_CHARS_MAX)], ...],
        msgspec.Meta(max_length=QUESTIONS_MAX),
    ] = ()
    published: bool = True


class ArticleSearch(msgspec.Struct, frozen=True):
    """What was found, the best first; nothing is an answer too."""

    items: list[FoundArticle]


@get("/", guards=[administrators_only], operation_id="listArticles")
async def list_articles(
    parts: Parts,
    language: LanguageQuery = None,
    cursor: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> ArticlePage:
    """All articles, drafts too, by title."""
    return await parts.articles.find_page(language, cursor, limit)


@get("/search", guards=[agents_only], operation_id="searchArticles")
async def search_articles(
    question: QuestionQuery,
    caller: Caller,
    parts: Parts,
    language: LanguageQuery = None,
    drafts: DraftsQuery = False,
    limit: FoundSize = 5,
) -> ArticleSearch:
    """The articles that have most of a question, the best first."""
    if drafts and not caller.may(Role.ADMINISTRATOR):
        raise PermissionDeniedException("Only administrators find drafts")
    found = await parts.articles.search(
        question, language=language, published=not drafts, count_max=limit
    )
    return ArticleSearch(found)


@get("/{article_id:str}", guards=[agents_only], operation_id="getArticle")
async def get_article(article_id: ArticleId, caller: Caller, parts: Parts) -> Article:
    """One article; drafts for administrators only."""
    found = await parts.articles.find(article_id)
    if found is None or not (found.published or caller.may(Role.ADMINISTRATOR)):
        raise _not_found(article_id)
    return found


@post("/", guards=[administrators_only], operation_id="createArticle")
async def create_article(
    data: JSONBody[NewArticle], caller: Caller, parts: Parts, command_id: CommandId
) -> Article:
    """Write an article; it is found at once if it is published."""
    return await parts.articles.create(_read(data), caller.actor, command_id)


@put("/{article_id:str}", guards=[administrators_only], operation_id="saveArticle")
async def save_article(
    article_id: ArticleId, data: JSONBody[NewArticle], caller: Caller, parts: Parts
) -> Article:
    """Replace an article as a whole, or put one back that was removed."""
    return await parts.articles.save(article_id, _read(data), caller.actor)


@delete(
    "/{article_id:str}",
    guards=[administrators_only],
    status_code=204,
    operation_id="removeArticle",
)
async def remove_article(article_id: ArticleId, caller: Caller, parts: Parts) -> None:
    """Remove an article."""
    if not await parts.articles.remove(article_id, caller.actor):
        raise _not_found(article_id)


def _read(data: NewArticle) -> ArticleText:
    return msgspec.convert(msgspec.structs.asdict(data), ArticleText)


def _not_found(article_id: str) -> Refused:
    detail = f"There is no article {article_id}"
    return refuse(RefusalReason.NOT_FOUND, detail, f"article {article_id}")


router = Router(
    "/knowledge",
    route_handlers=[
        list_articles,
        search_articles,
        get_article,
        create_article,
        save_article,
        remove_article,
    ],
    tags=["Knowledge"],
)
