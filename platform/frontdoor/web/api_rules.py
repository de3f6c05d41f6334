"""`/api/v1/rules`: an authority's own systems ask its rules. Nothing that they send is stored or logged."""

from dataclasses import asdict
from typing import Any

from flask import request

from frontdoor import clock
from frontdoor.domain.rules.words import Clause
from frontdoor.services import ask_rules
from frontdoor.web import payloads_of_rules as payloads
from frontdoor.web.access import viewer
from frontdoor.web.api_operations import RULES, operation
from frontdoor.web.languages import LANGUAGES

_PATH = "/rules/<programme>/decisions/<decision>"
_LARGEST = 256 * 1024  # bytes: the answers of a whole family have a tenth of it
_REFUSED = (400, 404, 413, 422)


@operation(
    "POST",
    f"{_PATH}/decide",
    *_REFUSED,
    scopes=(RULES,),
    takes=payloads.GivenFacts,
    answers=payloads.DecidedReceipt,
    size=_LARGEST,
)
def decide_by_rules(sent: dict[str, Any], programme: str, decision: str) -> dict[str, Any]:
    """Decide on facts or answers by the rules that are live now; its receipt is answered and kept nowhere."""
    return ask_rules.decided(viewer(), programme, decision, sent, at=clock.now()).to_json()


@operation(
    "POST",
    f"{_PATH}/explain",
    *_REFUSED,
    scopes=(RULES,),
    takes=payloads.GivenFacts,
    answers=payloads.ExplainedDecision,
    size=_LARGEST,
)
def explain_by_rules(sent: dict[str, Any], programme: str, decision: str) -> dict[str, Any]:
    """Decide likewise, and tell in words each row of the table and why it is so; in Welsh by `Accept-Language: cy`."""
    told_in = request.accept_languages.best_match(LANGUAGES, "en")  # of this call: a token has no language of its own
    done = ask_rules.explained(viewer(), programme, decision, sent, told_in, at=clock.now())
    return {
        "outcome": done.receipt.outcome,
        "texts": done.receipt.texts,
        "outstanding": [dict(one.label) for one in done.receipt.outstanding],
        "rows": [
            {"id": row.id, "label": row.label, "truth": row.truth, "told": row.told, "decision": row.decision,
             "decided": row.fired, "clauses": [_clause(one) for one in row.clauses]}
            for row in done.rows
        ],
    }  # fmt: skip


@operation(
    "POST",
    f"{_PATH}/verify",
    *_REFUSED,
    scopes=(RULES,),
    takes=payloads.HowLong,
    answers=payloads.VerifiedTable,
    size=_LARGEST,
)
def verify_rules(sent: dict[str, Any], programme: str, decision: str) -> dict[str, Any]:
    """Ask a solver for rows that never decide, families without a row and contradictions; apart, with a limit."""
    return ask_rules.verified(viewer(), programme, decision, sent["seconds"], at=clock.now()).to_json()


@operation(
    "POST",
    f"{_PATH}/simulate",
    *(*_REFUSED, 409),
    scopes=(RULES,),
    takes=payloads.OtherParameters,
    answers=payloads.SimulatedChange,
    size=_LARGEST,
)
def simulate_rules(sent: dict[str, Any], programme: str, decision: str) -> dict[str, Any]:
    """Count which past cases other parameters would decide differently; counts alone, small ones suppressed."""
    done = ask_rules.simulated(viewer(), programme, decision, sent["parameters"], at=clock.now())
    return {**asdict(done), "decision": done.code}


def _clause(one: Clause) -> dict[str, Any]:
    return {"words": one.words, "truth": one.truth, "told": one.told, "parts": [_clause(part) for part in one.parts]}
