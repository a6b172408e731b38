"""What is to be expected of each hour of coming days: a weighted seasonal mean, judged on the past it did not see.

An hour is expected to bring what the same hour of the same weekday brought, the mean of all weeks with weights that
halve every six of them, times a level: how the last weeks stand to that mean, with weights that halve every two. On a
holiday it brings its weekday's times what earlier holidays brought of theirs; where there was none, what a Sunday
brings. The naive forecast that it has to beat is the same hour of last week, or of the last one in which that weekday
was no holiday; on a holiday it does the same with that week.

What comes is spread around what is expected as a negative binomial distribution: a variance of m + s * m * m, of which
s is that of forecasts made in the same way for earlier weeks.
"""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt

from supportq.values import dataclass

HOURS = 24
WEEK = 7
SUNDAY = 6
FEWEST_WEEKS = 4
"""With fewer there is nothing to forecast from and still something left to judge that by."""

MOST_TRIALS = 8
LIKELY = 0.9

_HALF_SEASON, _HALF_LEVEL = 6.0, 2.0

Counts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day by its weekday, 0 for Monday, and what each of its hours brought; nothing of one that is yet to come."""

    weekday: int
    is_holiday: bool = False
    counts: Counts = (0.0,) * HOURS


Method = Callable[[Sequence[Day], Sequence[Day]], list[Counts]]
"""What makes of the days until now, whole weeks of them, what is expected of the next ones."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a method did on weeks that it did not see: how far off an hour was, and how many came as was likely."""

    error: float
    squared_error: float
    spread: float
    day_spread: float
    coverage: float | None


def seasonal(past: Sequence[Day], ahead: Sequence[Day]) -> list[Counts]:
    """Return what each hour of the next days brings, by the weighted mean of all weeks and the level of the last."""
    means = [_mean_day(past, weekday) for weekday in range(WEEK)]
    level = _level(past, means)
    on_holiday = _on_holiday(past, means)
    return [_scaled(_usual(day, means, on_holiday), level) for day in ahead]


def naive(past: Sequence[Day], ahead: Sequence[Day]) -> list[Counts]:
    """Return what each hour brought a week earlier, or so many weeks earlier as it takes to find no holiday."""
    last = [_last_day(past, weekday) for weekday in range(WEEK)]
    holiday = any(day.is_holiday for day in ahead)
    part = _on_holiday(past, [_mean_day(past, weekday) for weekday in range(WEEK)]) if holiday else None
    return [_usual(day, last, part) for day in ahead]


def tried(method: Method, days: Sequence[Day]) -> Trial:
    """Return how a method would have done in the last weeks, each forecast from the days before it alone.

    Whether an hour came as likely is judged by the spread of the weeks before it, so the first is not.
    """
    pairs: list[tuple[Counts, Counts]] = []
    within: list[bool] = []
    for past, week in _weeks(days):
        made = list(zip(method(past, week), (day.counts for day in week), strict=True))
        if pairs:
            spread = _spread(_hours(pairs))
            within += [low <= came <= high for mean, came in _hours(made) for low, high in [likely(mean, spread)]]
        pairs += made
    hours = _hours(pairs)
    days_of = [(sum(mean), sum(came)) for mean, came in pairs]
    return Trial(
        sum(abs(came - mean) for mean, came in hours) / len(hours),
        sum((came - mean) ** 2 for mean, came in hours) / len(hours),
        _spread(hours),
        _spread(days_of),
        sum(within) / len(within) if within else None,
    )


def likely(mean: float, spread: float) -> tuple[int, int]:
    """Return between what a count lies nine times in ten, if its mean is known and how it spreads."""
    if mean <= 0:
        return 0, 0
    return _quantile((1 - LIKELY) / 2, mean, spread), _quantile((1 + LIKELY) / 2, mean, spread)


def _weeks(days: Sequence[Day]) -> Iterator[tuple[Sequence[Day], Sequence[Day]]]:
    """Yield the last weeks, each after all that was known before it; at least two weeks come first."""
    count = len(days) // WEEK
    for weeks in range(max(2, count - MOST_TRIALS), count):
        cut = len(days) - (count - weeks) * WEEK
        yield days[:cut], days[cut : cut + WEEK]


def _mean_day(past: Sequence[Day], weekday: int) -> Counts:
    known = [
        (_weight(past, place, _HALF_SEASON), day.counts) for place, day in _usual_days(past) if day.weekday == weekday
    ]
    total = sum(weight for weight, _ in known) or 1.0
    return tuple(sum(weight * counts[hour] for weight, counts in known) / total for hour in range(HOURS))


def _last_day(past: Sequence[Day], weekday: int) -> Counts:
    known = (day.counts for day in reversed(past) if day.weekday == weekday and not day.is_holiday)
    return next(known, (0.0,) * HOURS)


def _level(past: Sequence[Day], means: Sequence[Counts]) -> float:
    came = usual = 0.0
    for place, day in _usual_days(past):
        weight = _weight(past, place, _HALF_LEVEL)
        came += weight * sum(day.counts)
        usual += weight * sum(means[day.weekday])
    return came / usual if usual else 1.0


def _on_holiday(past: Sequence[Day], means: Sequence[Counts]) -> float | None:
    """Return which part of their weekday's arrivals earlier holidays had, or None where none tells."""
    holidays = [day for day in past if day.is_holiday]
    usual = sum(sum(means[day.weekday]) for day in holidays)
    return sum(sum(day.counts) for day in holidays) / usual if usual else None


def _usual(day: Day, means: Sequence[Counts], on_holiday: float | None) -> Counts:
    if not day.is_holiday:
        return means[day.weekday]
    return means[SUNDAY] if on_holiday is None else _scaled(means[day.weekday], on_holiday)


def _usual_days(past: Sequence[Day]) -> Iterator[tuple[int, Day]]:
    return ((place, day) for place, day in enumerate(past) if not day.is_holiday)


def _weight(past: Sequence[Day], place: int, half: float) -> float:
    return float(0.5 ** ((len(past) - 1 - place) // WEEK / half))


def _scaled(counts: Counts, by: float) -> Counts:
    return tuple(count * by for count in counts)


def _hours(pairs: Sequence[tuple[Counts, Counts]]) -> list[tuple[float, float]]:
    return [hour for means, counts in pairs for hour in zip(means, counts, strict=True)]


def _spread(pairs: Sequence[tuple[float, float]]) -> float:
    """Return by how much squared errors go beyond those of pure chance, as a part of the squared means (moments)."""
    beyond = sum((came - mean) ** 2 - mean for mean, came in pairs)
    squares = sum(mean * mean for mean, _ in pairs)
    return max(0.0, beyond / squares) if squares else 0.0


def _quantile(part: float, mean: float, spread: float) -> int:
    """Return the least count that is not exceeded so often: of a Poisson distribution where there is no more spread."""
    if mean > _MOST_COUNTED:
        from statistics import NormalDist

        return max(0, round(NormalDist(mean, sqrt(mean + spread * mean * mean)).inv_cdf(part)))
    return next(count for count, below in enumerate(_below(mean, spread)) if below >= part)


def _below(mean: float, spread: float) -> Iterator[float]:
    """Yield how probable at most 0, 1, 2 ... are."""
    from math import exp, log1p

    chance = exp(-log1p(spread * mean) / spread) if spread > _NONE else exp(-mean)
    odds = mean / (1 + spread * mean)
    total, count = chance, 0
    while True:
        yield total
        chance *= odds * (1 + spread * count) / (count + 1)
        count += 1
        total += chance


_MOST_COUNTED = 500
_NONE = 1e-9
