"""What differs between two receipts of one decision, a sentence for each difference."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.prepare import UNKNOWN, Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.receipt import Receipt, UsedFact
from frontdoor.domain.rules.situation import Provenance
from frontdoor.web.case_facts import known_words
from frontdoor.web.case_words import outcome_tag
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken


def differences(programme: Programme, before: Receipt, now: Receipt, named: Mapping[str, str]) -> list[str]:
    """Return the sentences: outcome first, then facts, numbers and versions. `named` are members by row id."""
    return [
        *_outcome(programme, before, now),
        *(
            words
            for key in _facts_in_order(programme, before, now)
            for words in _fact(programme, before, now, key, named)
        ),
        *_parameters(programme, before, now),
        *_versions(before, now),
    ]


def _outcome(programme: Programme, before: Receipt, now: Receipt) -> Iterator[str]:
    was, is_now = (outcome_tag(programme, one.code, one.decision).words for one in (before, now))
    if (before.decision, before.reason_code, before.argument) != (now.decision, now.reason_code, now.argument):
        if was != is_now:
            yield str(_("The outcome was “%(before)s”, is now “%(now)s”.", before=was, now=is_now))
        else:
            yield str(_("The outcome is the same, for another reason."))


def _facts_in_order(programme: Programme, before: Receipt, now: Receipt) -> list[str]:
    order = [*programme.rules.facts]
    keys = {**before.facts, **now.facts}
    return sorted(keys, key=lambda one: (order.index(one) if one in order else len(order), one))


def _fact(programme: Programme, before: Receipt, now: Receipt, key: str, named: Mapping[str, str]) -> Iterator[str]:
    was, is_now = before.facts.get(key), now.facts.get(key)
    used = is_now or was
    if used is None:
        return
    fact = programme.rules.facts.get(key)
    if fact is not None and fact.of_row:
        rows = {**(was.rows if was else {}), **(is_now.rows if is_now else {})}
        for row in rows:
            old, new = _of_row(was, row), _of_row(is_now, row)
            known = now.situation.row_facts.get(key, {}).get(row)
            label = f"{spoken(used.label)}, {named.get(row, row)}"
            yield from _changed(programme, key, label, (old, new), known.provenance if known else Provenance())
        return
    old, new = was.finding if was else UNKNOWN, is_now.finding if is_now else UNKNOWN
    known_now = is_now.provenance if is_now else Provenance()
    yield from _changed(
        programme, key, spoken(used.label), (old, new), known_now, before=was.provenance if was else None
    )


def _of_row(used: UsedFact | None, row: str) -> Finding:
    return used.rows.get(row, UNKNOWN) if used else UNKNOWN


def _changed(
    programme: Programme,
    key: str,
    label: str,
    findings: tuple[Finding, Finding],
    known: Provenance,
    *,
    before: Provenance | None = None,
) -> Iterator[str]:
    fact = programme.rules.facts.get(key)
    old, new = (printed(one, fact, language()) for one in findings)
    how = known_words(programme, key, known, is_known=findings[1].known) if known.state else ""
    if old != new and how:
        yield str(_("%(fact)s was %(before)s, is now %(now)s (%(how)s).", fact=label, before=old, now=new, how=how))
    elif old != new:
        yield str(_("%(fact)s was %(before)s, is now %(now)s.", fact=label, before=old, now=new))
    elif before is not None and known != before and how:
        yield str(_("%(fact)s is still %(now)s, now known otherwise (%(how)s).", fact=label, now=new, how=how))


def _parameters(programme: Programme, before: Receipt, now: Receipt) -> Iterator[str]:
    for key in sorted({**before.parameters, **now.parameters}):
        old, new = (printed(Finding(one.parameters.get(key)), None, language()) for one in (before, now))
        if old != new:
            parameter = programme.rules.parameters.get(key)
            label = spoken(parameter.label) if parameter else key
            yield str(_("%(fact)s was %(before)s, is now %(now)s.", fact=label, before=old, now=new))


def _versions(before: Receipt, now: Receipt) -> Iterator[str]:
    if before.snapshot.number != now.snapshot.number:
        numbers = {"before": before.snapshot.number, "now": now.snapshot.number}
        yield str(_("It was decided by version %(before)s of the rules, now by version %(now)s.", **numbers))
    if before.as_of != now.as_of:
        yield str(_("The day of the decision is another."))
    if before.holidays != now.holidays:
        yield str(_("The table of holidays is another."))
    if before.engine != now.engine:
        yield str(_("The engine is another version."))
