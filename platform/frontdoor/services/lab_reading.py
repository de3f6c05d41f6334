"""Reads past cases into columns: once for a table and the parameters to be moved, basis by basis."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.pushdown.stored import Plainly
from frontdoor.services.lab_columns import Codes, Columns, Deciding, Small
from frontdoor.services.lab_reach import Alike, Reach
from frontdoor.services.past_cases import Change, Work, work_on
from frontdoor.store import facts, facts_columns


@dataclass
class _Reading:
    """Columns on their way; `keys` are the deciding rows' keys of today."""

    references: list[str] = field(default_factory=list)
    ordinary: list[bool] = field(default_factory=list)
    noise: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    situation: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    situations: list[Deciding] = field(default_factory=list)

    def add(self, line: facts_columns.Line, situation: int, key: str) -> None:
        self.references.append(line.reference)
        self.ordinary.append(line.ordinary)
        self.noise.append(line.noise)
        self.cells.append(line.cell)
        self.said.append(line.said)
        self.situation.append(situation)
        self.keys.append(key)


def read(live: Programme, code: str, names: frozenset[str]) -> Columns:
    """Return the columns of all past cases of a programme, for moving some parameters in the table `code`."""
    inside = system_viewer(live.authority)
    reading = _Reading()
    for basis in facts.bases(inside, live.programme):
        work = work_on(live, code, Change(), basis)
        _read_basis(reading, inside, work, names)
        _read_apart(reading, inside, work)
    return _columns(live, code, names, reading)


def _read_basis(reading: _Reading, inside: Viewer, work: Work, names: frozenset[str]) -> None:
    reach = Reach(work.live.rules, work.code, work.held, names, tuple(work.holidays))
    held = facts_columns.worked_out(inside, work.among)
    stands = {name: reach.alike(one) for name, one in held.items()}
    known: dict[tuple[tuple[str, str, str], bytes], int] = {}
    for line in facts_columns.lines(inside, work.among, work.code, reach.fields):
        if line.alike not in stands:
            continue  # stored while this was read: it is in the next reading
        stood = stands[line.alike]
        number = known.get((stood, line.answers))
        if number is None:
            number = known[stood, line.answers] = len(reading.situations)
            letters, standing, fixed = stood
            one = Alike(letters, json.loads(standing), json.loads(fixed), line.answers)
            reading.situations.append(reach.deciding(one))
        relied = reach.held.rules is not None
        reading.add(line, number, held[line.alike].outcomes[work.code] if relied else "")


def _read_apart(reading: _Reading, inside: Viewer, work: Work) -> None:
    engine = Plainly(work.live.rules, work.held)
    for one in facts.each(inside, work.among, apart=True):
        decide = partial(_apart, engine, work, one)
        line = facts_columns.Line(
            one.reference, facts_columns.is_ordinary(inside, one.tokens), one.noise,
            json.dumps(dict(one.dimensions)), json.dumps(dict(one.said.get(work.code, {}))), "",
            facts_columns.Answers(),
        )  # fmt: skip
        reading.add(line, len(reading.situations), "")
        reading.situations.append(decide)


def _apart(engine: Plainly, work: Work, one: facts.CaseFacts, parameters: Mapping[str, Any]) -> str:
    return engine.decide(work.code, work.situation(one, {**work.parameters, **parameters}))


def _columns(live: Programme, code: str, names: frozenset[str], reading: _Reading) -> Columns:
    said, override = _said(reading.said)
    columns = Columns(
        live=live,
        code=code,
        names=names,
        references=tuple(reading.references),
        ordinary=np.array(reading.ordinary, np.bool_),
        noise=np.array(reading.noise, np.int64),
        dimensions=_dimensions(reading.cells),
        said=said,
        override=override,
        situation=np.array(reading.situation, np.int32),
        situations=tuple(reading.situations),
        today=np.full(len(reading.situations), -1, np.int32),
    )
    for situation, key in zip(reading.situation, reading.keys, strict=True):
        if columns.today[situation] < 0:
            columns.today[situation] = columns.number(key or reading.situations[situation]({}))
    return columns


def _dimensions(cells: Sequence[str]) -> dict[str, Codes]:
    distinct, at = _numbered(cells)
    told = [json.loads(cell) for cell in distinct]
    found = {}
    for name in sorted({name for cell in told for name in cell}):
        words, codes = _numbered([cell.get(name, "unknown") for cell in told])
        found[name] = Codes(words, codes[at] if len(at) else at)
    return found


def _said(texts: Sequence[str]) -> tuple[Codes, NDArray[np.bool_]]:
    distinct, at = _numbered(texts)
    told = [json.loads(text or "{}") for text in distinct]
    words, codes = _numbered([str(one.get("decision") or "") for one in told])
    overrides = np.array([bool(one.get("override")) for one in told], np.bool_)
    return Codes(words, codes[at] if len(at) else at), overrides[at] if len(at) else np.zeros(0, np.bool_)


def _numbered(words: Sequence[str]) -> tuple[tuple[str, ...], Small]:
    known: dict[str, int] = {}

    def numbers() -> Iterator[int]:
        for word in words:
            yield known.setdefault(word, len(known))

    at = np.fromiter(numbers(), np.int32, len(words))
    return tuple(known), at
