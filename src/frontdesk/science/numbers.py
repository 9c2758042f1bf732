"""Which numbers mean something; the others are refused by name."""

import math


def require_positive(**values: float) -> None:
    """Raises ValueError for what is not a positive finite number."""
    for name, value in values.items():
        if not (value > 0 and math.isfinite(value)):
            raise ValueError(f"{name} must be a positive number, not {value}")


def require_time(**values: float) -> None:
    """Raises ValueError for a negative, infinite or undefined time."""
    for name, value in values.items():
        if not (value >= 0 and math.isfinite(value)):
            raise ValueError(f"{name} must be a time of zero or more, not {value}")


def require_share(**values: float) -> None:
    """Raises ValueError for what is not strictly between 0 and 1: only that can be reached."""
    for name, value in values.items():
        if not 0 < value < 1:
            raise ValueError(f"{name} must lie between 0 and 1, not be {value}")
