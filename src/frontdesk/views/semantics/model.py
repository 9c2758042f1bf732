"""What a dimension, a metric and a source are.

A report is a cut of sources by dimensions. Its theory is short:

- a *source* is a table of facts: columns that may be added up over any of its rows;
- a *metric* is a sum of columns over another sum of columns, both taken over the rows of a cell
  before they are divided. So an average is never made of averages, and a total is not the sum of
  what stands above it unless the metric is additive;
- a *dimension* cuts a metric if one source of the metric has it. Where none has, the source says
  why, and the refusal repeats it.
"""

from collections.abc import Mapping
from enum import Enum

import msgspec

from frontdesk.views.documents import Document


class Unit(Enum):
    COUNT = "count"
    DURATION = "ms"
    RATIO = "ratio"
    """From 0 to 1."""
    SCORE = "score"
    """On the question's own scale."""


class Additivity(Enum):
    """What may be made of the figures of several cells."""

    SUM = "sum"
    """They may be added up."""
    RATIO = "ratio"
    """Only numerators and denominators add up: the figure is worked out from the facts again."""
    MAXIMUM = "maximum"
    """The greatest of them counts."""
    DISTINCT = "distinct"
    """Who is in two cells is one: the figure is counted from the facts again."""


class Grain(Enum):
    """By what time a report is cut, on the centre's own clock."""

    INTERVAL = "interval"
    """A quarter of an hour."""
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"
    WEEKDAY = "weekday"
    """All Mondays together, and so on: 1 is Monday."""
    HOUR_OF_DAY = "hour_of_day"
    """The same hour of all days together, 00 to 23."""


Columns = Mapping[str, int]
"""A sum of columns, each times so much."""


class Drill(msgspec.Struct, frozen=True):
    """Which contacts are behind a figure: those with such a stint, or all that were opened."""

    kind: str | None = None
    """`wait` or `offer`; None: contacts themselves."""
    results: tuple[str, ...] | None = None
    """How the stint ended; None: however."""
    not_results: tuple[str, ...] = ()
    at: str = "started_ms"
    """The column that says in which interval it counts."""
    with_callbacks: bool = False


class Metric(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. Its name and definition for people are in `words`, by its id."""

    metric_id: str
    unit: Unit
    additivity: Additivity
    sources: tuple[str, ...]
    """In the order of preference: all give the same figure where they can be cut alike."""
    numerator: Columns
    denominator: Columns | None = None
    is_better_high: bool | None = None
    """None: it is neither good nor bad."""
    drill: Drill | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A table of facts. `why_not`: for each dimension it can't be cut by, the reason."""

    source_id: str
    dimensions: Mapping[str, str]
    """By id, the column."""
    why_not: Mapping[str, str]
    maxima: tuple[str, ...] = ()
    distinct: Mapping[str, str] = {}
    """Of a column that is counted once: the figure that must be above nought for it to count."""


class ReportRequest(Document, frozen=True, kw_only=True):
    """What a report is to show. Times in ms; `to_ms` is left out."""

    metrics: tuple[str, ...]
    from_ms: int
    to_ms: int
    dimensions: tuple[str, ...] = ()
    grain: Grain | None = None
    """null: the whole time together."""
    filters: dict[str, tuple[str, ...]] = {}
    """By dimension the values that count; all others are left out."""
    shares: tuple[str, ...] = ()
    """Metrics, additive ones, of which each row's share of the total is wanted."""


class RefusedBecause(Enum):
    """Why a report would mean nothing."""

    NOTHING_ASKED = "nothing_asked"
    UNKNOWN = "unknown"
    TWICE = "twice"
    NO_TIME = "no_time"
    TOO_MUCH = "too_much"
    NOT_CUT_BY = "not_cut_by"
    NOT_ADDITIVE = "not_additive"


class ReportRefusal(msgspec.Struct, frozen=True):
    """A report that can't be made, and why. `detail` is a sentence for people."""

    because: RefusedBecause
    detail: str
    metric_id: str = ""
    dimension_id: str = ""


class ReportRow(Document, frozen=True):
    keys: tuple[str, ...]
    """Of the time, if the report has a grain, then of each dimension; empty: none."""
    values: tuple[float | None, ...]
    """Of each metric, then of each share; null: no data, for want of a denominator."""


class ReportAnswer(Document, frozen=True):
    """Rows in the order of their keys. `total` is worked out from all facts, not from the rows."""

    columns: tuple[str, ...]
    """What the keys are of: `time`, then the dimensions."""
    metrics: tuple[str, ...]
    shares: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    total: tuple[float | None, ...]
    is_cut_short: bool
    """There are more rows than are given; the total is of all."""
