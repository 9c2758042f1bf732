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


class Measured(LawBase, frozen=True, tag="measured"):
    """As it was found: by `shares[i]` it is over at `values_s[i]`, evenly in between, from 0 on.

    Who is beyond the last share lasts longer by an exponential time of mean `beyond_mean_s`, or for
    ever where there is none.
    """

    shares: tuple[float, ...]
    values_s: tuple[float, ...]
    beyond_mean_s: float | None = None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law and its share of a mixture."""

    share: float
    of: "Law"


class Mixture(LawBase, frozen=True, tag="mixture"):
    """One of several laws, drawn by share; shares are scaled to sum to one."""

    parts: tuple[Part, ...]


Law = Exponential | Gamma | Lognormal | Uniform | Fixed | Endless | Measured | Mixture


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
        case Measured():
            return draw_measured(law, generator.random(count))
        case Mixture(parts=parts):
            return draw_mixture(parts, generator, count)
        case _:
            assert_never(law)


def draw_measured(law: Measured, share: np.ndarray) -> np.ndarray:
    """The times by which these shares are over."""
    shares, values = np.array((0.0, *law.shares)), np.array((0.0, *law.values_s))
    times = np.interp(share, shares, values)
    beyond = share > shares[-1]
    if law.beyond_mean_s is None:
        return np.where(beyond, math.inf, times)
    left = np.where(beyond, (1 - share) / (1 - shares[-1] or 1), 1.0)
    return times - law.beyond_mean_s * np.log(left)


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
        case Measured():
            return measured_complaint(law)
        case Mixture(parts=parts):
            return mixture_complaint(parts)
        case _:
            assert_never(law)


def measured_complaint(law: Measured) -> str | None:
    """Shares and values must be the same number, and grow together."""
    shares, values = (0.0, *law.shares), (0.0, *law.values_s)
    if len(shares) != len(values):
        return "must have as many values_s as shares"
    if [*shares] != sorted(shares) or shares[-1] > 1 or [*values] != sorted(values):
        return "must have shares from 0 to 1 and values_s of zero or more, each in order"
    if law.beyond_mean_s is not None and law.beyond_mean_s < 0:
        return "beyond_mean_s must not be negative"
    return None


def stretched(law: Law, ratio: float) -> Law:
    """The same law with every time so many times as long."""
    match law:
        case Exponential() | Gamma() | Lognormal():
            return msgspec.structs.replace(law, mean_s=law.mean_s * ratio)
        case Uniform(low_s=low, high_s=high):
            return Uniform(low_s=low * ratio, high_s=high * ratio)
        case Fixed(value_s=value):
            return Fixed(value_s=value * ratio)
        case Endless():
            return law
        case Measured():
            beyond = law.beyond_mean_s
            return Measured(
                shares=law.shares,
                values_s=tuple(value * ratio for value in law.values_s),
                beyond_mean_s=None if beyond is None else beyond * ratio,
            )
        case Mixture(parts=parts):
            return Mixture(parts=tuple(Part(p.share, stretched(p.of, ratio)) for p in parts))
        case _:
            assert_never(law)


def mixture_complaint(parts: tuple[Part, ...]) -> str | None:
    """Shares must be a distribution, and every part must be sound."""
    if not parts or min(part.share for part in parts) < 0 or sum(p.share for p in parts) <= 0:
        return "parts must have shares of zero or more, not all zero"
    return next((wrong for part in parts if (wrong := complaint(part.of))), None)
