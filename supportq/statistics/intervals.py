"""How sure a figure is, and how sure the difference of two: intervals that hold the truth 95 times in 100.

A share has the interval of Wilson (1927), a count of what comes by chance the like of it for the Poisson distribution:
its score interval (Brown, Cai and DasGupta 2003), not the exact one. A
median has that between two order statistics, by the binomial distribution of how many values lie below it, whatever
they are distributed like. Two of a kind are joined alike, by their squares: for shares Newcombe (1998, method 10), for
anything else Zou and Donner (2008).
"""

from math import comb, floor, hypot, sqrt

from supportq.values import dataclass

CONFIDENCE = 0.95
Z = 1.959964
"""The point of the normal distribution outside which, on both sides, one value in twenty lies."""

FEWEST = 6
"""Of fewer values not even the least and the greatest hold the median that often."""

_MOST_EXACT = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and between what the truth lies that it stands for."""

    value: float
    low: float
    high: float


def share(part: int, whole: int) -> Estimate:
    """Return a share and its interval; the whole is more than nothing."""
    value, middle = part / whole, part + Z * Z / 2
    width = Z * sqrt(part * (whole - part) / whole + Z * Z / 4)
    low, high = ((middle + side * width) / (whole + Z * Z) for side in (-1, 1))
    return Estimate(value, min(max(low, 0.0), value), max(min(high, 1.0), value))


def count(number: int) -> Estimate:
    """Return a count and its interval, as far as what is counted comes one by one and by chance."""
    middle, width = number + Z * Z / 2, Z * sqrt(number + Z * Z / 4)
    return Estimate(number, middle - width, middle + width)


def median_rank(count: int) -> int:
    """Return which value from either end bounds the interval of a median, counted from 1; 0 where there are too few."""
    if count > _MOST_EXACT:
        return floor((count + 1 - Z * sqrt(count)) / 2)
    rank, below = 0, 0
    while (below := below + comb(count, rank)) <= (1 - CONFIDENCE) / 2 * 2**count:
        rank += 1
    return rank


def difference(now: Estimate, before: Estimate) -> Estimate:
    """Return by how much one figure is more than another, and between what that lies."""
    value = now.value - before.value
    low = value - hypot(now.value - now.low, before.high - before.value)
    high = value + hypot(now.high - now.value, before.value - before.low)
    return Estimate(value, low, high)
