"""Counting over columns: who would be decided differently, exactly; and by group, as it may be told outside.

The whole is exact, because whoever changes rules is shown the cases that move, by reference. Every breakdown is
suppressed and rounded by the cases in the cell (`small_numbers`), so that neither steps of a parameter nor a total less
its parts tell of a few people (ADR 0017).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdoor.domain.rules.walk import CANNOT_DECIDE
from frontdoor.domain.small_numbers import published
from frontdoor.services.lab_columns import Columns, Small, Together

DIMENSIONS = ("area", "team", "month", "agency", "age_band")


@dataclass(frozen=True)
class Cell:
    """How many cases go from one decision to another, exactly."""

    was: str
    now: str
    count: int


@dataclass(frozen=True)
class Share:
    """One group as it may be told: of its cases, how many are decided so before and after; None below the threshold.

    `before` and `after` are by decision.
    """

    group: str
    cases: int | None
    moved: int | None
    before: Mapping[str, int | None]
    after: Mapping[str, int | None]


@dataclass(frozen=True)
class Agreement:
    """Of the cases in which an officer decided otherwise than proposed: with how many the rules then and now agree.

    As they may be told: None below the threshold.
    """

    overrides: int | None
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Tried:
    """What values of parameters would do to all past cases.

    `matrix`, `moved`, `cases`, `undecided` and `totals`, for each decision the count before and after, are exact.
    `agreement` is as it may be told, and so is `by`, which has the groups of each dimension.
    """

    cases: int
    moved: int
    undecided: int
    matrix: tuple[Cell, ...]
    totals: Mapping[str, tuple[int, int]]
    by: Mapping[str, tuple[Share, ...]]
    agreement: Agreement
    threshold: int


@dataclass(frozen=True)
class _Decided:
    """Each situation's decision before and after, as numbers of `words`."""

    words: tuple[str, ...]
    was: Small
    now: Small


def tried(columns: Columns, parameters: Mapping[str, Any], threshold: int) -> Tried:
    """Return what these values would do, against the values that are live."""
    decided = _decided(columns, parameters)
    counts = _pairs(columns, decided)
    words = decided.words
    cells = [Cell(words[a], words[b], int(counts[a, b])) for a, b in np.argwhere(counts)]
    return Tried(
        cases=len(columns.references),
        moved=sum(one.count for one in cells if one.was != one.now),
        undecided=sum(one.count for one in cells if one.now == CANNOT_DECIDE),
        matrix=tuple(sorted(cells, key=lambda one: (one.was, one.now))),
        totals={word: (int(counts[at].sum()), int(counts[:, at].sum())) for at, word in enumerate(words)},
        by={name: tuple(_shares(columns, decided, name, threshold)) for name in _names(columns)},
        agreement=_agreement(columns, decided, threshold),
        threshold=threshold,
    )


def totals(columns: Columns, parameters: Mapping[str, Any]) -> dict[str, int]:
    """Return how many cases would be decided how, exactly: one point of a sweep."""
    decided = _decided(columns, parameters)
    counts = _pairs(columns, decided).sum(axis=0)
    return {word: int(counts[at]) for at, word in enumerate(decided.words) if counts[at]}


def moved_count(columns: Columns, parameters: Mapping[str, Any]) -> int:
    """Return how many cases would be decided differently, exactly."""
    counts = _pairs(columns, _decided(columns, parameters))
    return int(counts.sum() - np.trace(counts))


def who_moved(columns: Columns, parameters: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (reference, decision before, decision after) of ordinary cases that would be decided differently, sorted.

    A restricted case is counted but never named: its reference alone would tell that there is such a case.
    """
    decided = _decided(columns, parameters)
    moved = decided.was != decided.now
    places: list[int] = np.flatnonzero(moved[columns.situation] & columns.ordinary).tolist()
    for at in sorted(places, key=columns.references.__getitem__):
        one = columns.situation[at]
        yield columns.references[at], decided.words[decided.was[one]], decided.words[decided.now[one]]


def _decided(columns: Columns, parameters: Mapping[str, Any]) -> _Decided:
    after = columns.decided(parameters)
    words = tuple(dict.fromkeys(one.decision for one in columns.outcomes))
    number = {word: at for at, word in enumerate(words)}
    told = np.array([number[one.decision] for one in columns.outcomes] or [0], np.int32)
    return _Decided(words, told[columns.today], told[after])


def _pairs(columns: Columns, decided: _Decided) -> NDArray[np.int64]:
    size, every = len(decided.words), columns.whole
    at = decided.was[every.situation] * size + decided.now[every.situation]
    counts = np.bincount(at, weights=every.count, minlength=size * size)
    return counts.astype(np.int64).reshape(size, size)


def _agreement(columns: Columns, decided: _Decided, threshold: int) -> Agreement:
    number = {word: at for at, word in enumerate(decided.words)}
    some = columns.overrides
    said = np.array([number.get(word, -1) for word in columns.said.words] or [-1], np.int32)[some.code]

    def count(among: NDArray[np.bool_]) -> int | None:
        return published(int(some.count[among].sum()), int(some.noise[among].sum()), threshold)

    before, after = decided.was[some.situation], decided.now[some.situation]
    return Agreement(count(np.ones(len(said), np.bool_)), count(said == before), count(said == after))


def _names(columns: Columns) -> list[str]:
    return [*DIMENSIONS, *sorted(set(columns.dimensions) - set(DIMENSIONS))]


def _shares(columns: Columns, decided: _Decided, name: str, threshold: int) -> Iterator[Share]:
    codes = columns.dimensions.get(name)
    if codes is None:
        return
    telling = _Telling(codes.words, columns.groups[name], threshold)
    before, after = telling.told(decided.was, decided.words), telling.told(decided.now, decided.words)
    every = telling.told(np.zeros(len(decided.was), np.int32), ("all",))
    moved = telling.told((decided.was != decided.now).astype(np.int32), ("still", "moved"))
    for group in sorted(codes.words):
        yield Share(group, every[group].get("all"), moved[group].get("moved"), before[group], after[group])


@dataclass(frozen=True)
class _Telling:
    """The groups of one dimension and their cases."""

    groups: Sequence[str]
    cases: Together
    threshold: int

    def told(self, decided: Small, words: Sequence[str]) -> dict[str, dict[str, int | None]]:
        """Return counts by group and word as they may be told; a word that nobody of a group has is left out."""
        size = len(words)
        at = self.cases.code * size + decided[self.cases.situation]
        counts = np.bincount(at, weights=self.cases.count, minlength=size * len(self.groups))
        noise = np.bincount(at, weights=self.cases.noise, minlength=size * len(self.groups))
        found: dict[str, dict[str, int | None]] = {group: {} for group in self.groups}
        for place in np.flatnonzero(counts).tolist():
            group, word = divmod(place, size)
            count = published(int(counts[place]), int(noise[place]), self.threshold)
            found[self.groups[group]][words[word]] = count
        return found
