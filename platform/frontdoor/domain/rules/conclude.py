"""From a situation to a receipt: facts, rows, the walk, what is outstanding, the texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from frontdoor.domain.errors import NotFound, RuleFailed
from frontdoor.domain.rules.compiled import TRUE
from frontdoor.domain.rules.facts import Derivation, derive
from frontdoor.domain.rules.inserts import filled
from frontdoor.domain.rules.outstanding import outstanding
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.reading import RECEIVED
from frontdoor.domain.rules.receipt import Outstanding, Receipt, RowTruth, Snapshot, UsedFact
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Decision, Row, Rules, Texts
from frontdoor.domain.rules.truths import row_truths
from frontdoor.domain.rules.walk import CANNOT_DECIDE, RULE_CLASH, RULE_FAILED, Walk, walk
from frontdoor.domain.text import Text
from frontdoor.domain.text import say as say_label

# Raised whenever the same rules over the same situation may answer otherwise than before.
ENGINE = "rules 2"

_MORE: Text = {"en": "more information", "cy": "rhagor o wybodaeth"}
_STOPPED: Mapping[str, Text] = {
    RULE_FAILED: {
        "en": "The rules could not be worked out ({rows}): a person decides",
        "cy": "Nid oedd modd gweithio'r rheolau allan ({rows}): mae person yn penderfynu",
    },
    RULE_CLASH: {
        "en": "Rules contradict each other ({rows}): a person decides",
        "cy": "Mae rheolau'n gwrth-ddweud ei gilydd ({rows}): mae person yn penderfynu",
    },
}


@dataclass(frozen=True)
class Circumstances:
    """What a receipt records besides: the snapshot, the holiday table's version, and the dates of clocks by code."""

    snapshot: Snapshot = field(default_factory=Snapshot)
    holidays: str = ""
    clock_dates: Mapping[str, str] | None = None


def conclude(rules: Rules, code: str, situation: Situation, around: Circumstances) -> Receipt:
    """Return the receipt of one decision; NotFound where the rules have no such table."""
    decision = rules.decisions.get(code)
    if decision is None:
        raise NotFound(f"These rules have no decision {code}")
    return concluded(rules, decision, derive(rules.needed(decision.shows), situation), around)


def concluded(rules: Rules, decision: Decision, work: Derivation, around: Circumstances) -> Receipt:
    """Return the receipt of one decision whose facts are worked out: at least all that the table shows."""
    truths = row_truths(decision, work)
    walked = walk(decision, truths)
    deciding, argument = _deciding(decision, walked, work, around)
    missing = _missing(rules, decision, walked, work)
    texts = _texts(deciding.texts, rules, work, missing, argument)
    return Receipt(
        code=decision.code,
        decision=deciding.decision,
        reason_code=deciding.reason_code,
        argument=argument,
        texts=texts,
        rule_id=f"{decision.code}/{deciding.id}",
        fired=tuple(row.id for row in walked.fired) if deciding.decision != CANNOT_DECIDE else (),
        rows=_rows(decision, truths),
        facts=used_facts(work),
        parameters=dict(work.data["parameters"]),
        outstanding=missing,
        as_of=work.data["as_of"],
        holidays=around.holidays,
        engine=ENGINE,
        snapshot=around.snapshot,
        situation=work.situation,
    )


def used_facts(work: Derivation) -> dict[str, UsedFact]:
    """Return the facts for a receipt."""
    return {
        key: UsedFact(key, known.fact.label, known.fact.type, known.finding, known.provenance, known.error, known.rows)
        for key, known in work.by_id().items()
    }


def _rows(decision: Decision, truths: Sequence[str]) -> tuple[RowTruth, ...]:
    listed = zip((*decision.rows, decision.otherwise), (*truths, TRUE), strict=True)
    return tuple(RowTruth(row.id, truth, row.decision, row.reason_code) for row, truth in listed)


def _deciding(decision: Decision, walked: Walk, work: Derivation, around: Circumstances) -> tuple[Row, str | None]:
    """Return the row whose decision, reason and texts hold, and the printed argument."""
    if walked.stopped:
        return _stopped(walked.stopped, walked.because), None
    if not walked.fired:
        return decision.when_unknown, None
    try:
        arguments = [_argument(row, work, around) for row in walked.fired]
    except RuleFailed:
        return _stopped(RULE_FAILED, walked.fired), None
    return _together(walked.fired), next((each for each in arguments if each), None)


def _argument(row: Row, work: Derivation, around: Circumstances) -> str | None:
    if row.clock:
        return (around.clock_dates or {}).get(row.clock)
    if row.argument_rule is None:
        return None
    if work.failed(row.argument_reads):
        raise RuleFailed("The argument reads a fact that could not be worked out")
    found = row.argument_rule(work.data)
    return printed(found) if found.known and not found.none else None


def _together(fired: Sequence[Row]) -> Row:
    """Return the fired row; of several that were collected one row with all their reasons."""
    if len(fired) == 1:
        return fired[0]
    joined = {
        audience: {
            language: " · ".join(dict.fromkeys(getattr(row.texts, audience).get(language, "") for row in fired)).strip()
            for language in dict.fromkeys(key for row in fired for key in getattr(row.texts, audience))
        }
        for audience in ("staff", "referrer", "family")
    }
    reasons = "+".join(row.reason_code for row in fired)
    return Row("+".join(row.id for row in fired), {}, fired[0].decision, reasons, Texts(**joined))


def _stopped(code: str, rows: Sequence[Row]) -> Row:
    named = ", ".join(row.id for row in rows)
    words = {language: text.replace("{rows}", named) for language, text in _STOPPED[code].items()}
    return Row(code.lower(), {}, CANNOT_DECIDE, code, Texts(words, RECEIVED, RECEIVED))


def _missing(rules: Rules, decision: Decision, walked: Walk, work: Derivation) -> tuple[Outstanding, ...]:
    """Return what to find out: asked where the walk waits, and where a row fired because something is unknown."""
    if walked.undecided or any(row.asks_unknown for row in walked.fired):
        return outstanding(rules, decision, walked, work)
    return ()


def _texts(
    texts: Texts, rules: Rules, work: Derivation, missing: Sequence[Outstanding], argument: str | None
) -> dict[str, Text]:
    facts = work.by_id()

    def say(name: str, language: str) -> str | None:
        if name == "checks":
            labels = [say_label(each.label, language) or each.id for each in missing]
            return "; ".join(labels) or say_label(_MORE, language)
        if name == "argument":
            return argument or ""
        if name in facts:
            found = facts[name].finding
            return None if found.none or found.value == [] else printed(found, facts[name].fact, language)
        return printed(Finding(work.data["parameters"].get(name)), None, language)

    return {
        "staff": filled(texts.staff, say),
        "referrer": filled(texts.referrer, say),
        "family": filled(texts.family, say),
    }
