"""Named parameters of a query as PostgreSQL's numbered ones: `:name` becomes `$1`.

A colon counts only where SQL itself has no use for it: not within texts, names in
quotes, dollar-quoted bodies and comments, not in a cast (`::`) or `:=`. Lexical
structure: PostgreSQL's manual, chapter 4.1.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<text> (?<![A-Za-z0-9_$])[eE]'(?:[^'\\]|\\.|'')*(?:'|\Z)   # with backslashes
        | '(?:[^']|'')*(?:'|\Z)
        | "(?:[^"]|"")*(?:"|\Z) )
    | (?P<line> --[^\n\r]* )
    | (?P<block> /\* )
    | (?P<dollar> (?<![A-Za-z0-9_$\x80-\U0010ffff])\$(?:[A-Za-z_\x80-\U0010ffff]
        [A-Za-z0-9_\x80-\U0010ffff]*)?\$ )
    | (?P<colons> ::+ | := )
    | :(?P<name> [a-z_][a-z0-9_]* )
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT: Final = re.compile(r"/\*|\*/")


def number_parameters(query: str) -> tuple[str, tuple[str, ...]]:
    """The query with numbers, and the names that the numbers from 1 on stand for."""
    pieces: list[str] = []
    names: list[str] = []
    at = 0
    while (token := _TOKEN.search(query, at)) is not None:
        pieces.append(query[at : token.start()])
        end = _find_end(query, token)
        name = token["name"]
        if name is None:
            pieces.append(query[token.start() : end])
        else:
            if name not in names:
                names.append(name)
            pieces.append(f"${names.index(name) + 1}")
        at = end
    return "".join([*pieces, query[at:]]), tuple(names)


def _find_end(query: str, token: re.Match[str]) -> int:
    if token["block"] is not None:
        return _find_comment_end(query, token.end())
    if token["dollar"] is not None:
        close = query.find(token["dollar"], token.end())
        return len(query) if close < 0 else close + len(token["dollar"])
    return token.end()


def _find_comment_end(query: str, at: int) -> int:
    """Comments nest in PostgreSQL."""
    depth = 1
    while depth:
        mark = _COMMENT.search(query, at)
        if mark is None:
            return len(query)
        depth += 1 if mark[0] == "/*" else -1
        at = mark.end()
    return at
