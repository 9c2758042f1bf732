"""What the values of dimensions are called: names out of the settings, words of the language."""

from __future__ import annotations

from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.flows.resources import Intent
from frontdesk.kernel.setting_tables import id_of, kind_of
from frontdesk.kernel.settings import (
    BreakReason,
    Disposition,
    Queue,
    Team,
)
from frontdesk.kernel.telephone import Trunk
from frontdesk.views.live import LiveView
from frontdesk.views.semantics.model import Grain, ReportAnswer
from frontdesk.views.semantics.words import Words

Labels = dict[str, dict[str, str]]
"""By dimension and value."""

Named = Queue | Team | BreakReason | Disposition | Flow | Intent | Trunk
"""Settings that are dimensions of reports too, under the names of their kinds."""


def find_labels(live: LiveView, words: Words, answer: ReportAnswer, grain: Grain | None) -> Labels:
    """A name for every key of the report; who is gone keeps the id, nobody is said to be none."""
    names = find_names(live)
    labels: Labels = {}
    for number, dimension in enumerate(answer.columns):
        known = names.get(dimension, {})
        in_words = grain.value if dimension == "time" and grain is not None else dimension
        labels[dimension] = {
            value: known.get(value) or words.name_value(in_words, value) or words.texts["none"]
            for value in dict.fromkeys(row.keys[number] for row in answer.rows)
        }
    return labels


def find_names(live: LiveView) -> Labels:
    """The names of all that a centre has given names to, by dimension."""
    state = live.board.state
    names: Labels = {"agent": {id_: row.profile.name for id_, row in state.agents.items()}}
    for entity in state.settings.values():
        if isinstance(entity, Named):
            names.setdefault(kind_of(entity), {})[id_of(entity)] = entity.name
    return names
