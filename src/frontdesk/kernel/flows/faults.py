"""What can go wrong in a flow under way."""

from enum import Enum


class FlowFault(Enum):
    """Why a run failed; the contact goes where the flow's fallback says."""

    EXPRESSION = "expression"
    """An expression has no value, or not the one that is asked for."""
    VALUE = "value"
    """A value is too large, or of a kind that no variable holds."""
    NO_EXIT = "no_exit"
    """A node has no exit for what happened."""
    STEPS = "steps"
    """It took too many steps, or too many without waiting for anything."""
    DEPTH = "depth"
    """Flows within flows within flows."""
    TIME = "time"
    """It lasted too long."""
    GONE = "gone"
    """Something that the flow names is no more."""


class FlowFaulted(Exception):
    """A step of a flow can't be taken. Ends the run, never the contact."""

    def __init__(self, fault: FlowFault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail
