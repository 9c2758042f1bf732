"""Probability laws of times, as a scenario names them. Parameters are in seconds.

Each draws from a generator of its own, so that changing one law leaves every other draw as it was
(common random numbers), and a changed mean stretches the same draws.
"""

import math
from typing import assert_never

import msgspec
import numpy as np


class LawBase(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="law", forbid_unknown_fields=True
):
    """Base of all laws; `law` names its kind in a scenario."""


class Exponential(LawBase, frozen=True, tag="exponential"):
    mean_s: float


class Gamma(LawBase, frozen=True, tag="gamma"):
    """`variation` is the standard deviation over the mean."""

    mean_s: float
    variation: float


class Lognormal(LawBase, frozen=True, tag="lognormal"):
    """`variation` is the standard deviation over the mean."""

    mean_s: float
    variation: float


class Uniform(LawBase, frozen=True, tag="uniform"):
    low_s: float
    high_s: float


class Fixed(LawBase, frozen=True, tag="fixed"):
    value_s: float


class Endless(LawBase, frozen=True, tag="endless"):
    """Never: a customer who waits as long as it takes."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law and its share of a mixture."""

    share: float
    of: "Law"


class Mixture(LawBase, frozen=True, tag="mixture"):
    """One of several laws, drawn by share; shares are scaled to sum to one."""

    parts: tuple[Part, ...]


Law = Exponential | Gamma | Lognormal | Uniform | Fixed | Endless | Mixture


def draw(law: Law, generator: np.random.Generator, count: int) -> np.ndarray:
    """`count` independent times in seconds."""
    match law:
        case Exponential(mean_s=mean):
            return generator.standard_exponential(count) * mean
        case Gamma(mean_s=mean, variation=variation):
            shape = variation**-2
            return generator.standard_gamma(shape, count) * (mean / shape)
        case Lognormal(mean_s=mean, variation=variation):
            spread = math.log1p(variation**2)
            normal = generator.standard_normal(count)
            return mean * np.exp(math.sqrt(spread) * normal - spread / 2)
        case Uniform(low_s=low, high_s=high):
            return low + (high - low) * generator.random(count)
        case Fixed(value_s=value):
            return np.full(count, value)
        case Endless():
            return np.full(count, math.inf)
        case Mixture(parts=parts):
            return draw_mixture(parts, generator, count)
        case _:
            assert_never(law)


def draw_mixture(parts: tuple[Part, ...], generator: np.random.Generator, count: int) -> np.ndarray:
    """Draws every part in full and picks one, so that each part's stream stays put."""
    shares = np.array([part.share for part in parts])
    bounds = np.cumsum(shares / shares.sum())[:-1]
    chosen = np.searchsorted(bounds, generator.random(count), "right")
    candidates = np.stack([draw(part.of, generator, count) for part in parts])
    return candidates[chosen, np.arange(count)]


def complaint(law: Law) -> str | None:
    """What is wrong with the parameters; None when nothing is."""
    match law:
        case Exponential(mean_s=mean):
            return None if mean > 0 else "mean_s must be greater than zero"
        case Gamma() | Lognormal():
            good = law.mean_s > 0 and law.variation > 0
            return None if good else "mean_s and variation must be greater than zero"
        case Uniform(low_s=low, high_s=high):
            return None if 0 <= low <= high else "must have 0 <= low_s <= high_s"
        case Fixed(value_s=value):
            return None if value >= 0 else "value_s must not be negative"
        case Endless():
            return None
        case Mixture(parts=parts):
            return mixture_complaint(parts)
        case _:
            assert_never(law)


def mixture_complaint(parts: tuple[Part, ...]) -> str | None:
    """Shares must be a distribution, and every part must be sound."""
    if not parts or min(part.share for part in parts) < 0 or sum(p.share for p in parts) <= 0:
        return "parts must have shares of zero or more, not all zero"
    return next((wrong for part in parts if (wrong := complaint(part.of))), None)
