"""Reads past cases into columns: once for a table and the parameters to be moved, basis by basis."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.facts import derive
from frontdoor.domain.rules.pushdown.plans import values_of
from frontdoor.domain.rules.pushdown.stored import Plainly
from frontdoor.domain.rules.situation import Situation
from frontdoor.services import lab_filling
from frontdoor.services.lab_columns import Codes, Columns, Deciding, Small
from frontdoor.services.lab_gathered import Decided, Gathered, Stored
from frontdoor.services.lab_reach import Alike, Reach
from frontdoor.services.lab_reach import Deciding as OfAlike
from frontdoor.services.past_cases import Change, Work, work_on
from frontdoor.store import facts, facts_columns

Beat = Callable[[int], None]  # told now and then how many steps are done; it may raise, to stop
_EVERY = 500


def _unheard(_done: int) -> None:
    return None


def read(live: Programme, code: str, names: frozenset[str], beat: Beat = _unheard) -> Columns:
    """Return the columns of all past cases of a programme, for moving some parameters in the table `code`.

    What `beat` raises stops it.
    """
    gathered = gather(live, code, names, beat)
    return filled(live, code, names, gathered, beat)


def filled(live: Programme, code: str, names: frozenset[str], gathered: Gathered, beat: Beat = _unheard) -> Columns:
    """Return the columns of cases that were read, with every cell of one parameter decided."""
    columns = _columns(live, code, names, gathered)
    done = len(gathered.references)
    lab_filling.fill(columns, lambda decided: beat(done + decided))
    return columns


def taken_up(live: Programme, code: str, names: frozenset[str], gathered: Gathered, decided: Decided) -> Columns:
    """Return the columns of cases that were read and decided before."""
    columns = _columns(live, code, names, gathered, decided.rows)
    return lab_filling.with_cells(columns, decided.cells)


def gather(live: Programme, code: str, names: frozenset[str], beat: Beat) -> Gathered:
    """Return all past cases of a programme, with what moving these parameters reaches of each."""
    inside = system_viewer(live.authority)
    gathered = Gathered()
    for basis in facts.bases(inside, live.programme):
        work = work_on(live, code, Change(), basis)
        _read_basis(gathered, inside, work, names, beat)
        _read_apart(gathered, inside, work)
    return gathered


def _read_basis(gathered: Gathered, inside: Viewer, work: Work, names: frozenset[str], beat: Beat) -> None:
    reach = _reach(work, names)
    held = facts_columns.worked_out(inside, work.among)
    stands = {name: reach.alike(one) for name, one in held.items()}
    known: dict[tuple[tuple[str, str, str], bytes], int] = {}
    for line in facts_columns.lines(inside, work.among, work.code, reach.fields):
        if line.alike not in stands:
            continue  # stored while this was read: it is in the next reading
        stood = stands[line.alike]
        number = known.get((stood, line.answers))
        if number is None:
            number = known[stood, line.answers] = len(gathered.situations)
            gathered.situations.append(Stored(work.basis.id, *stood, line.answers))
        relied = reach.held.rules is not None
        told = line.reference, line.ordinary, line.noise, line.cell, line.said
        gathered.add(told, number, held[line.alike].outcomes[work.code] if relied else "")
        if len(gathered.references) % _EVERY == 0:
            beat(len(gathered.references))


def _reach(work: Work, names: frozenset[str]) -> Reach:
    return Reach(work.live.rules, work.code, work.held, names, tuple(work.holidays))


def _read_apart(gathered: Gathered, inside: Viewer, work: Work) -> None:
    for one in facts.each(inside, work.among, apart=True):
        groups, said = json.dumps(dict(one.dimensions)), json.dumps(dict(one.said.get(work.code, {})))
        told = one.reference, facts_columns.is_ordinary(inside, one.tokens), one.noise, groups, said
        gathered.add(told, len(gathered.situations), "")
        gathered.situations.append(Stored(work.basis.id, apart=one.apart))


@dataclass(frozen=True)
class _Apart:
    """What decides a case that the database keeps apart."""

    engine: Plainly
    work: Work
    text: str

    @cached_property
    def _kept(self) -> Situation:
        return Situation.from_json(json.loads(self.text))

    def _situation(self, parameters: Mapping[str, Any]) -> Situation:
        kept, every = self._kept, {**self.work.parameters, **parameters}
        constants = {"parameters": every, "holidays": self.work.holidays}
        return Situation({**kept.data, **constants}, kept.facts, kept.row_facts, kept.sources)

    def __call__(self, parameters: Mapping[str, Any], /) -> str:
        """Return the deciding row's key under values of parameters."""
        return self.engine.decide(self.work.code, self._situation(parameters))

    def data(self) -> Mapping[str, Any]:
        """Return the data that the rules read, with the facts as they are."""
        table = self.engine.rules.decisions[self.work.code]
        return derive(self.engine.rules.needed(table.reads), self._situation(values_of(self.engine.rules))).data


def _deciding(live: Programme, code: str, names: frozenset[str], stored: Sequence[Stored]) -> Iterator[Deciding]:
    works = {basis.id: work_on(live, code, Change(), basis)
             for basis in facts.bases(system_viewer(live.authority), live.programme)}  # fmt: skip
    reaches = {name: _reach(work, names) for name, work in works.items()}
    engines = {name: Plainly(live.rules, work.held) for name, work in works.items()}
    for one in stored:
        if one.apart:
            yield _Apart(engines[one.basis], works[one.basis], one.apart)
        else:
            answers = facts_columns.Answers(one.answers)
            alike = Alike(one.letters, json.loads(one.facts), json.loads(one.fixed), answers)
            yield OfAlike(reaches[one.basis], alike)


def _columns(
    live: Programme,
    code: str,
    names: frozenset[str],
    gathered: Gathered,
    rows: Sequence[str] = (),
) -> Columns:
    situations = tuple(_deciding(live, code, names, gathered.situations))
    said, override = _said(gathered.said)
    columns = Columns(
        live=live,
        code=code,
        names=names,
        references=tuple(gathered.references),
        ordinary=np.array(gathered.ordinary, np.bool_),
        noise=np.array(gathered.noise, np.int64),
        dimensions=_dimensions(gathered.cells),
        said=said,
        override=override,
        situation=np.array(gathered.situation, np.int32),
        situations=situations,
        today=np.full(len(situations), -1, np.int32),
        cells=lab_filling.no_cells(len(situations)),
    )
    for row in rows:
        columns.number(row)
    _today(columns, gathered.keys)
    return columns


def _today(columns: Columns, keys: Sequence[str]) -> None:
    for situation, key in zip(columns.situation.tolist(), keys, strict=True):
        if columns.today[situation] < 0:
            columns.today[situation] = columns.number(key or columns.situations[situation]({}))


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
    at = np.fromiter((known.setdefault(word, len(known)) for word in words), np.int32, len(words))
    return tuple(known), at
