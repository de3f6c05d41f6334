"""Reads one parameter, fact or decision table of a rule-set document, and compiles its logic."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.rules.compiled import Condition, Value
from frontdoor.domain.rules.inserts import inserted
from frontdoor.domain.rules.scopes import Kinds, names
from frontdoor.domain.rules.table import Decision, Fact, Outcome, Parameter, Row, Texts
from frontdoor.domain.rules.translate import translate, translate_value
from frontdoor.domain.text import Text

Document = Mapping[str, Any]

PENDING, CHECKS_OUTSTANDING = "pending", "CHECKS_OUTSTANDING"

# What everybody outside hears when nothing else may be said: the same for new, linked and safeguarding outcomes.
RECEIVED: Text = {
    "en": "Received; we will contact you if we need more.",
    "cy": "Wedi dod i law; byddwn yn cysylltu â chi os bydd angen mwy arnom.",
}
WAITING: Text = {"en": "Waiting for: {checks}", "cy": "Yn aros am: {checks}"}


def read_parameter(key: str, written: Document, where: str) -> Parameter:
    """Return one parameter."""
    return Parameter(
        key,
        written["label"],
        written["type"],
        written["value"],
        written.get("unit"),
        written.get("bounds", {}),
        written.get("source", ""),
    )


def read_fact(key: str, written: Document, where: str, *, kinds: Kinds) -> Fact:
    """Return one fact with its logic compiled; DocumentRejected where the logic cannot decide."""
    logic, over, roll_up = written.get("logic"), written.get("over", ""), written.get("roll_up", "")
    rule: Condition | Value | None = None
    if "logic" in written:
        at = f"{where}/logic"
        if roll_up in ("any", "all", "none", "count") or (not roll_up and written["type"] == "boolean"):
            rule = Condition(translate(logic, kinds, over=over, at=at))
        else:
            rule = Value(translate_value(logic, kinds, over=over, at=at))
    reads = names(logic, over) | (frozenset({over}) if over and roll_up else frozenset())
    return Fact(
        key,
        written["order"],
        written["label"],
        written["type"],
        code=written.get("code", ""),
        question=written.get("question"),
        logic=logic,
        over=over,
        roll_up=roll_up,
        if_omitted=written.get("if_omitted"),
        omitted_stated="if_omitted" in written,
        unknown_as=written.get("unknown_as"),
        unknown_because=written.get("unknown_because", ""),
        verify=written.get("verify", {}),
        reads=reads,
        rule=rule,
    )


def read_decision(key: str, written: Document, where: str, *, kinds: Kinds) -> Decision:
    """Return one decision table with its rows compiled; DocumentRejected where a row cannot decide."""
    rows = sorted(written["rows"].items(), key=lambda item: (item[1].get("order", 0), item[0]))
    return Decision(
        key,
        written.get("order", 0),
        written["title"],
        written["hit"],
        {code: _outcome(code, outcome) for code, outcome in written.get("outcomes", {}).items()},
        tuple(_row(row_id, row, f"{where}/rows/{row_id}", kinds) for row_id, row in rows),
        _row("otherwise", {"when": True, **written["otherwise"]}, f"{where}/otherwise", kinds),
        _waiting(written.get("when_unknown", {})),
    )


def _outcome(code: str, written: Document) -> Outcome:
    return Outcome(
        code,
        written["label"],
        written["final"],
        safeguarding=written.get("safeguarding", False),
        owner=written.get("owner", ""),
        clock=written.get("clock", ""),
        tone=written.get("tone", ""),
    )


def _texts(written: Document, staff: Text) -> Texts:
    return Texts(written.get("staff", staff), written.get("referrer", RECEIVED), written.get("family", RECEIVED))


def _tells(texts: Texts) -> frozenset[str]:
    return frozenset(f"facts.{name}" for name in inserted(texts.staff))


def _waiting(written: Document) -> Row:
    texts = _texts(written.get("texts", {}), WAITING)
    return Row(
        "when_unknown",
        {},
        written.get("decision", PENDING),
        written.get("reason_code", CHECKS_OUTSTANDING),
        texts,
        tells=_tells(texts),
    )


def _row(row_id: str, written: Document, where: str, kinds: Kinds) -> Row:
    when, argument = written["when"], written.get("argument")
    clock = argument.get("clock", "") if isinstance(argument, dict) else ""
    texts = _texts(written.get("texts", {}), {})
    rule = None
    if argument is not None and not clock:
        rule = Value(translate_value(argument, kinds, at=f"{where}/argument"))
    return Row(
        row_id,
        written.get("label", {}),
        written["decision"],
        written["reason_code"],
        texts,
        when=when,
        argument=argument,
        clock=clock,
        protective=written.get("protective", False),
        asks_unknown=_asks_unknown(when),
        intended=written.get("intended", True),
        reads=names(when),
        argument_reads=frozenset() if clock else names(argument),
        tells=_tells(texts),
        test=Condition(translate(when, kinds, at=f"{where}/when")),
        argument_rule=rule,
    )


def _asks_unknown(logic: Any) -> bool:
    if isinstance(logic, dict):
        return "unknown" in logic or any(map(_asks_unknown, logic.values()))
    return isinstance(logic, list) and any(map(_asks_unknown, logic))
