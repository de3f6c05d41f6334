"""Past cases as columns in memory: read once for a table and the parameters to be moved, then any step is a look-up.

A step finds the cell of each distinct situation (`lab_cells`); what no cell is known of the engine decides, once
(`lab_reach`). Counting is numpy's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from frontdoor.domain.canonical import canonical
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.pushdown.tables import Outcome, outcome_of
from frontdoor.services.lab_cells import Cells

Whole = NDArray[np.int64]
Small = NDArray[np.int32]
_STEPS_KEPT = 60  # answers to that many settings of the parameters


class Deciding(Protocol):
    """What decides one distinct situation: from values of parameters to the deciding row's key."""

    def __call__(self, parameters: Mapping[str, Any], /) -> str:
        """Return the key."""

    def data(self) -> Mapping[str, Any]:
        """Return the data that the rules read of it, with the facts as they are."""


@dataclass(frozen=True)
class Codes:
    """A column of codes: the distinct ones, and for each case which."""

    words: tuple[str, ...]
    at: Small


@dataclass(frozen=True)
class Together:
    """Cases that share a code and a situation, counted once for all steps: `noise` is the sum of theirs."""

    code: Small
    situation: Small
    count: Whole
    noise: Whole


@dataclass(frozen=True)
class Columns:
    """The past cases of one programme for one table and some parameters to be moved.

    `situation` numbers `situations`, `today` is the outcome of each of these as it is, a number of `outcomes`.
    `ordinary` cases may be named by their reference to whoever changes rules. `said` is what a person confirmed (""
    where nobody did), `override` whether that was not what had been proposed.
    """

    live: Programme
    code: str
    names: frozenset[str]
    references: tuple[str, ...]
    ordinary: NDArray[np.bool_]
    noise: Whole
    dimensions: Mapping[str, Codes]
    said: Codes
    override: NDArray[np.bool_]
    situation: Small
    situations: tuple[Deciding, ...]
    today: Small
    cells: Cells
    outcomes: list[Outcome] = field(default_factory=list, repr=False)
    _keys: dict[str, int] = field(default_factory=dict, repr=False)
    _kept: dict[str, Small] = field(default_factory=dict, repr=False)

    @cached_property
    def was(self) -> Small:
        """For each case the number of its outcome of today."""
        return self.today[self.situation]

    @cached_property
    def whole(self) -> Together:
        """All cases together."""
        return self._together(np.zeros(len(self.situation), np.int32), None)

    @cached_property
    def overrides(self) -> Together:
        """The cases in which an officer decided otherwise than proposed, by what was said."""
        return self._together(self.said.at, self.override)

    @cached_property
    def groups(self) -> Mapping[str, Together]:
        """The cases by the groups of each dimension."""
        return {name: self._together(codes.at, None) for name, codes in self.dimensions.items()}

    def _together(self, codes: Small, among: NDArray[np.bool_] | None) -> Together:
        some = slice(None) if among is None else among
        size = max(len(self.situations), 1)
        pairs = codes[some].astype(np.int64) * size + self.situation[some]
        distinct, which = np.unique(pairs, return_inverse=True)
        count = np.bincount(which, minlength=len(distinct)).astype(np.int64)
        noise = np.bincount(which, weights=self.noise[some], minlength=len(distinct)).astype(np.int64)
        return Together((distinct // size).astype(np.int32), (distinct % size).astype(np.int32), count, noise)

    def now(self, parameters: Mapping[str, Any]) -> Small:
        """Return, for each case, the number of its outcome under values of the parameters."""
        return self.decided(parameters)[self.situation]

    def decided(self, parameters: Mapping[str, Any]) -> Small:
        """Return the number of the outcome of each distinct situation; worked out once for the same values."""
        wanted = canonical(dict(parameters))
        found = self._kept.get(wanted)
        if found is None:
            found = self.cells.decided(parameters, lambda one: self.number(self.situations[one](parameters)))
            if len(self._kept) < _STEPS_KEPT:
                self._kept[wanted] = found
        return found

    def number(self, key: str) -> int:
        """Return the number of a deciding row's key among `outcomes`."""
        known = self._keys.get(key)
        if known is None:
            known = self._keys[key] = len(self.outcomes)
            self.outcomes.append(outcome_of(self.live.rules.decisions[self.code], key))
        return known

    @property
    def rows(self) -> list[str]:
        """The deciding rows' keys that the outcomes number."""
        return [*self._keys]

    def is_known(self, parameters: Mapping[str, Any]) -> bool:
        """Tell whether a step to these values is only a look-up."""
        return not self.cells.unknown(self.cells.of(parameters)).any()
