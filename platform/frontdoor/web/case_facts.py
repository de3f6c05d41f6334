"""What is known on a case, ready to draw: each fact with its source, and what members of the family are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from frontdoor.domain.access import Viewer
from frontdoor.domain.forms.display import row_title
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.facts import DerivedFact
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.situation import Provenance
from frontdoor.domain.rules.table import Fact
from frontdoor.services.casefile import CaseFile
from frontdoor.web.case_words import source_label
from frontdoor.web.languages import language
from frontdoor.web.pages import day, spoken


@dataclass(frozen=True)
class Told:
    """One value of a fact: of whom (`""`: of everybody, or of the family), what, how it is known, where to check it."""

    member: str
    value: str
    known: str
    href: str = ""


@dataclass(frozen=True)
class FactLine:
    """One fact as it is known now: one value of the family, or one of each member where they differ."""

    label: str
    told: list[Told]


def members(file: CaseFile) -> dict[str, str]:
    """Return what each member of a repeating group is called, by row id, over every form of the case."""
    found: dict[str, str] = {}
    for submission in file.current:
        form = file.programme.forms.get(submission.form)
        for question in form.questions.values() if form else ():
            if question.widget == "group":
                for place, row in enumerate(submission.answers.get(question.id) or (), start=1):
                    name = row_title(question, row, language())
                    found[row["id"]] = name or f"{spoken(question.row_label or question.label)} {place}"
    return found


def fact_lines(file: CaseFile, viewer: Viewer) -> list[FactLine]:
    """Return the facts that the case's decisions read, as they are known now; members who agree share a line."""
    used = {key for one in file.decisions for key in one.receipt.facts}
    named = members(file)
    return [
        FactLine(spoken(known.fact.label), _told(file, viewer, known, named))
        for key, known in file.facts.facts.items()
        if key in used
    ]


def _told(file: CaseFile, viewer: Viewer, known: DerivedFact, named: Mapping[str, str]) -> list[Told]:
    fact = known.fact
    may = bool(fact.verify) and viewer.may("verify_fact")
    if not fact.of_row:
        href = fact_address(file, fact.id, None) if may else ""
        return [Told("", printed(known.finding, fact, language()), known_by(file, known), href)]
    whose = {row: fact_address(file, fact.id, row) if may else "" for row in known.rows}
    told = [
        Told(named.get(row, ""), printed(finding, fact, language()), known_by(file, known, row), whose[row])
        for row, finding in known.rows.items()
    ]
    if len(told) > 1 and len({(one.value, one.known) for one in told}) == 1:
        return [Told("", told[0].value, told[0].known, fact_address(file, fact.id, None) if may else "")]
    return told


def known_by(file: CaseFile, known: DerivedFact, row: str = "") -> str:
    """Return who says what is known of a fact, or of one member's: the latest check, else who told it."""
    checked = _latest(file, known.fact.id, row)
    if checked or not known.fact.of_row:
        return checked or known_words(file.programme, known.fact.id, known.provenance, is_known=known.finding.known)
    return _teller(file, known.fact) if known.rows[row].known else _("Not known yet")


def _teller(file: CaseFile, fact: Fact) -> str:
    """Return who sent the form whose members a fact is about."""
    form = fact.over.split(".")[1]
    who = next((one.account_name for one in file.current if one.form == form), "")
    return str(_("Told by %(who)s", who=who) if who else _("As told"))


def known_words(programme: Programme, fact: str, known: Provenance, *, is_known: bool) -> str:
    """Return in words how something is known: told by whom, checked where and when, assumed."""
    if not is_known or not known.state:
        return "" if is_known else str(_("Not known yet"))
    who, where = ", ".join(known.by), ", ".join(source_label(programme, fact, one) for one in known.sources)
    when = day(known.checked_on) if known.checked_on else ""
    words = {
        "asserted": _("Told by %(who)s", who=who) if who else _("As told"),
        "verified": _("Checked: %(where)s, %(when)s, by %(who)s", where=where, when=when, who=who),
        "assumed": _("Assumed to be none, by %(who)s", who=who),
        "given": _("Given"),
        "platform": _("Held by Front Door itself"),
    }
    return str(words.get(known.state, known.state))


def sources_of(fact: Fact) -> list[str]:
    """Return the codes of the sources that can tell a fact, in the order that the pack gives them."""
    sources = fact.verify.get("sources", {})
    return sorted(sources, key=lambda code: (sources[code].get("order", 0), code))


def fact_address(file: CaseFile, fact: str, row: str | None) -> str:
    """Return where a check of a fact is recorded."""
    return url_for("casework.fact", reference=file.case.reference, fact_id=fact, row=row or None)


def _latest(file: CaseFile, fact: str, row: str) -> str:
    """Return in words the last thing a person recorded about one fact, of one member."""
    told = [one for one in file.case.evidence if one.fact == fact and (one.row or "") == row]
    if not told:
        return ""
    last = max(told, key=lambda one: one.at)
    source = Provenance(last.kind, (last.source,), (last.by_name,), last.checked_on.isoformat())
    return known_words(file.programme, fact, source, is_known=True)
