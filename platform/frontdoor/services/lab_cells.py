"""What is decided of each situation between the numbers that matter to it, so that moving a number is a comparison.

Of each situation the numbers are kept at which some comparison with a moved parameter changes (`rules.thresholds`). A
value falls into one stretch between them, a cell; each cell is decided once, by the engine, and kept. Where there are
no such numbers, each value is a cell of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdoor.domain.canonical import canonical

Whole = NDArray[np.int64]
_RADIX = 1 << 15  # stretches of one parameter; so that four of them fit into one number
MOST = 4  # parameters moved together
_CELLS = 1 << 31


@dataclass(frozen=True)
class Numbers:
    """The numbers that matter, of every situation one after the other; `starts` is where each one's begin."""

    starts: Whole
    numbers: NDArray[np.float64]

    def stretch(self, value: float) -> Whole:
        """Return, of each situation, in which stretch a value is."""
        below, at = self._counted(self.numbers < value), self._counted(self.numbers == value)
        found: Whole = 2 * below + at
        return found

    def _counted(self, held: NDArray[np.bool_]) -> Whole:
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(held, dtype=np.int64)])
        found: Whole = sums[self.starts[1:]] - sums[self.starts[:-1]]
        return found


def numbers_of(each: Sequence[Sequence[float]]) -> Numbers:
    """Return the numbers of some situations."""
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum([len(one) for one in each], dtype=np.int64)])
    return Numbers(starts, np.array([number for one in each for number in one], np.float64))


@dataclass
class Cells:
    """The cells that were decided. `at` has the numbers of each parameter that has any; the others go by value."""

    size: int
    at: Mapping[str, Numbers]
    keys: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    outcomes: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    numbered: dict[int, int] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, parameters: Mapping[str, Any]) -> Whole:
        """Return, of each situation, the key of the cell in which some values are."""
        codes = np.zeros(self.size, np.int64)
        for name in sorted(parameters):
            codes = codes * _RADIX + self._stretch(name, parameters[name])
        distinct, which = np.unique(codes, return_inverse=True)
        cells = np.array([self.numbered.setdefault(int(one), len(self.numbered)) for one in distinct], np.int64)
        return np.arange(self.size, dtype=np.int64) * _CELLS + (cells[which] if self.size else codes)

    def _stretch(self, name: str, value: Any) -> Whole:
        numbers = self.at.get(name)
        if numbers is not None and isinstance(value, int | float) and not isinstance(value, bool):
            return numbers.stretch(float(value))
        known = self.values.setdefault(name, {})
        return np.full(self.size, known.setdefault(canonical(value), len(known)), np.int64)

    def key(self, situation: int, code: int) -> int:
        """Return the key of the cell of a situation whose stretch, of the one parameter that moves, is `code`."""
        return situation * _CELLS + self.numbered.setdefault(code, len(self.numbered))

    def unknown(self, wanted: Whole) -> NDArray[np.bool_]:
        """Tell which of some cells are not decided yet."""
        if not len(self.keys):
            return np.ones(len(wanted), np.bool_)
        found: NDArray[np.bool_] = self.keys[self._places(wanted)] != wanted
        return found

    def _places(self, wanted: Whole) -> NDArray[np.int64]:
        return np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)

    def decided(self, parameters: Mapping[str, Any], decide: Callable[[int], int]) -> NDArray[np.int32]:
        """Return the outcome of each situation; `decide` is asked for that of a situation whose cell is new."""
        wanted = self.of(parameters)
        missing = np.flatnonzero(self.unknown(wanted))
        if len(missing):
            found = np.fromiter((decide(int(one)) for one in missing), np.int32, len(missing))
            self.put(wanted[missing], found)
        return self.outcomes[self._places(wanted)] if len(wanted) else np.zeros(0, np.int32)

    def put(self, keys: Whole, outcomes: NDArray[np.int32]) -> None:
        """Keep the outcomes of some new cells."""
        every = np.concatenate([self.keys, keys])
        order = np.argsort(every, kind="stable")
        self.keys, self.outcomes = every[order], np.concatenate([self.outcomes, outcomes])[order]
