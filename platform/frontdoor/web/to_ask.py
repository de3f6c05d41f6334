"""What a decision still waits for, as an officer goes about it: one source after another, person by person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from frontdoor.domain.rules.table import Fact
from frontdoor.services.casefile import CaseFile
from frontdoor.services.to_find_out import Missing, ToCheck
from frontdoor.web.case_facts import fact_address, sources_of
from frontdoor.web.case_words import source_label
from frontdoor.web.changes_of_answers import change_lines, either, in_a_line
from frontdoor.web.pages import spoken


@dataclass(frozen=True)
class CheckLine:
    """One check that somebody can make: what, of whom, and where to record it."""

    label: str
    member: str
    href: str


@dataclass(frozen=True)
class PersonToAsk:
    """What to look up about one person; `member` is `""` for the family as a whole."""

    member: str
    checks: list[CheckLine]


@dataclass(frozen=True)
class SourceToAsk:
    """Where to look, in words (any of several sources), and about whom."""

    source: str
    people: list[PersonToAsk]


@dataclass(frozen=True)
class ToAsk:
    """What a decision waits for. `labels`: each thing; `enough`: any one of which would be enough to decide, in words.

    `changes`: a line for each, what its answers lead to. `sources`: where to look, first for what would be enough.
    `unasked`: what no source here can tell.
    """

    labels: list[str] = field(default_factory=list)
    enough: str = ""
    sources: list[SourceToAsk] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)


def to_ask(file: CaseFile, code: str, missing: Iterable[Missing], named: Mapping[str, str]) -> ToAsk:
    """Return what the decision `code` waits for, each check once."""
    waiting = list(missing)
    checks = dict.fromkeys(check for one in waiting for check in _in_turn(one))
    return ToAsk(
        labels=[spoken(one.label) for one in waiting],
        enough=either([spoken(one.label) for one in waiting if one.settles]),
        sources=list(_sources(file, checks, named)),
        changes=[in_a_line(change_lines(file.programme, code, one.changes)) for one in waiting if one.changes],
        unasked=[spoken(one.label) for one in waiting if not one.checks],
    )


def check_line(file: CaseFile, check: ToCheck, named: Mapping[str, str]) -> CheckLine:
    """Return one check in words."""
    member = named.get(check.row or "", "")
    return CheckLine(spoken(check.fact.label), member, fact_address(file, check.fact.id, check.row))


def _in_turn(one: Missing) -> Iterator[tuple[str, str | None]]:
    yield from ((check.fact.id, check.row) for check in one.checks)


def _sources(
    file: CaseFile, checks: Iterable[tuple[str, str | None]], named: Mapping[str, str]
) -> Iterator[SourceToAsk]:
    facts, order = file.programme.rules.facts, [*named]
    by_source: dict[tuple[str, ...], dict[str, list[CheckLine]]] = {}
    for fact_id, row in checks:
        fact = facts[fact_id]
        line = check_line(file, ToCheck(fact, row), named)
        by_source.setdefault(_labels(file, fact), {}).setdefault(row or "", []).append(line)
    for sources, people in by_source.items():
        listed = sorted(people, key=lambda row: order.index(row) if row in order else -1)
        yield SourceToAsk(either(sources), [PersonToAsk(named.get(row, ""), people[row]) for row in listed])


def _labels(file: CaseFile, fact: Fact) -> tuple[str, ...]:
    return tuple(source_label(file.programme, fact.id, source) for source in sources_of(fact))
