"""Service levels by name: quoting one without its formula says nothing.

One and the same system may give 76 %, 91 %, 87 % or 88 %, by what becomes of those who leave within
the target. The names are the glossary's.
"""

from enum import StrEnum

import msgspec


class ServiceLevelFormula(StrEnum):
    """How short abandons count.

    answered_of_offered: answered in time / offered.
    answered_of_answered: answered in time / answered.
    less_short_abandons: answered in time / (offered - abandoned in time).
    short_abandons_met: (answered in time + abandoned in time) / offered.
    """

    ANSWERED_OF_OFFERED = "answered_of_offered"
    ANSWERED_OF_ANSWERED = "answered_of_answered"
    LESS_SHORT_ABANDONS = "less_short_abandons"
    SHORT_ABANDONS_MET = "short_abandons_met"


class ServiceLevels(msgspec.Struct, frozen=True):
    """The same system and target by each `ServiceLevelFormula`."""

    answered_of_offered: float
    answered_of_answered: float
    less_short_abandons: float
    short_abandons_met: float

    def by(self, formula: ServiceLevelFormula) -> float:
        level: float = getattr(self, formula.value)
        return level


def service_levels(
    served_in_time: float, abandoned_in_time: float, abandoned: float
) -> ServiceLevels:
    """All formulas from shares of offered contacts."""
    return ServiceLevels(
        answered_of_offered=served_in_time,
        answered_of_answered=served_in_time / (1 - abandoned),
        less_short_abandons=served_in_time / (1 - abandoned_in_time),
        short_abandons_met=served_in_time + abandoned_in_time,
    )
