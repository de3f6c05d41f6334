"""Past cases as they were read for the lab, plain, so that they can be kept and taken up again.

The worker reads what takes long and keeps it; whichever process shows the page takes it from there.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import bson
import numpy as np
from numpy.typing import NDArray

from frontdoor.services.lab_cells import Cells, Numbers


@dataclass(frozen=True)
class Stored:
    """One distinct situation: on which basis it stands, and either what `lab_reach.Alike` has or its text, if apart."""

    basis: str
    letters: str = ""
    facts: str = "{}"
    fixed: str = "{}"
    answers: bytes = b""
    apart: str = ""


@dataclass
class Gathered:
    """Columns on their way: a place in each for every case. `keys` are the deciding rows' keys of today, "" if open."""

    references: list[str] = field(default_factory=list)
    ordinary: list[bool] = field(default_factory=list)
    noise: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    situation: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    situations: list[Stored] = field(default_factory=list)

    def add(self, told: tuple[str, bool, int, str, str], situation: int, key: str) -> None:
        """Add a case: `told` is its reference, whether it is ordinary, its noise, its groups, what a person said."""
        reference, ordinary, noise, cell, said = told
        self.references.append(reference)
        self.ordinary.append(ordinary)
        self.noise.append(noise)
        self.cells.append(cell)
        self.said.append(said)
        self.situation.append(situation)
        self.keys.append(key)


@dataclass(frozen=True)
class Decided:
    """The cells that were decided when the cases were read, and the keys of the rows that their outcomes number."""

    cells: Cells
    rows: Sequence[str]


def written(gathered: Gathered, decided: Decided) -> bytes:
    """Return all of it as bytes."""
    cells = decided.cells
    told = {
        "references": "\n".join(gathered.references),
        "ordinary": np.array(gathered.ordinary, np.bool_).tobytes(),
        "noise": np.array(gathered.noise, np.int64).tobytes(),
        **{name: _numbered(getattr(gathered, name)) for name in ("cells", "said", "keys")},
        "situation": np.array(gathered.situation, np.int32).tobytes(),
        "situations": [vars(one) for one in gathered.situations],
        "numbers": [[name, one.starts.tobytes(), one.numbers.tobytes()] for name, one in cells.at.items()],
        "decided": [cells.keys.tobytes(), cells.outcomes.tobytes()],
        "numbered": json.dumps([*cells.numbered.items()]),
        "values": json.dumps({name: [*known] for name, known in cells.values.items()}),
        "rows": [*decided.rows],
    }  # fmt: skip
    return zlib.compress(bson.encode(told), 1)


def _numbered(words: Sequence[str]) -> list[Any]:
    known: dict[str, int] = {}
    at = np.fromiter((known.setdefault(word, len(known)) for word in words), np.int32, len(words))
    return [[*known], at.tobytes()]


def read_again(content: bytes) -> tuple[Gathered, Decided]:
    """Return what was written."""
    told: Mapping[str, Any] = bson.decode(zlib.decompress(content))
    cases = int(len(told["noise"]) / 8)
    gathered = Gathered(
        references=told["references"].split("\n") if cases else [],
        ordinary=_array(told["ordinary"], np.bool_).tolist(),
        noise=_array(told["noise"], np.int64).tolist(),
        cells=[*_words(told["cells"])],
        said=[*_words(told["said"])],
        situation=_array(told["situation"], np.int32).tolist(),
        keys=[*_words(told["keys"])],
        situations=[_stored(each) for each in told["situations"]],
    )
    at = {name: Numbers(_array(starts, np.int64), _array(held, np.float64)) for name, starts, held in told["numbers"]}
    values = {name: {one: at for at, one in enumerate(known)} for name, known in json.loads(told["values"]).items()}
    keys, outcomes = told["decided"]
    numbered = dict(json.loads(told["numbered"]))
    size = len(gathered.situations)
    cells = Cells(size, at, _array(keys, np.int64), _array(outcomes, np.int32), numbered, values)
    return gathered, Decided(cells, told["rows"])


def _stored(told: Mapping[str, Any]) -> Stored:
    return Stored(**{**told, "answers": bytes(told["answers"])})


def _words(held: Sequence[Any]) -> Iterator[str]:
    words, at = held
    yield from (words[one] for one in _array(at, np.int32).tolist())


def _array(content: bytes, kind: Any) -> NDArray[Any]:
    return np.frombuffer(content, kind).copy()
