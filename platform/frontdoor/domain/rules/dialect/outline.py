"""A draft as its page shows it: each clause with its address, what may be chosen there and which buttons it has."""

from dataclasses import dataclass

from frontdoor.domain.rules.dialect.buttons import ADDS
from frontdoor.domain.rules.dialect.drafts import Draft
from frontdoor.domain.rules.dialect.names import Choice, Names
from frontdoor.domain.rules.dialect.offers import CALCULATED, EACH
from frontdoor.domain.rules.dialect.operators import OPERATORS, Operator, operators_for


@dataclass(frozen=True)
class Clause:
    """One clause on the page.

    `at` is its address (`c.1.2`), `names` what may be named in it, `kind` the kind of value that is wanted of it,
    `subject_kind` what its subject is, `subject` that subject if it has a name (its options are the values to tick),
    `operators` what to offer (with the present one), `takes` what follows the operator: nothing, one, several, part,
    or `""` before one is chosen. `adds` are the kinds of clause that can be added inside.
    """

    at: str
    draft: Draft
    names: Names
    kind: str
    subject_kind: str
    subject: Choice | None
    operators: tuple[Operator, ...]
    takes: str
    adds: tuple[str, ...]
    parts: tuple["Clause", ...]


def outline(draft: Draft, names: Names, kind: str = "boolean", at: str = "c") -> Clause:
    """Return the page's view of a draft, finished or not."""
    code = draft.box("subject")
    subject = names.find("" if code == EACH else code) if code and code not in CALCULATED else None
    subject_kind = _kind(draft, names, subject)
    present = OPERATORS.get(draft.box("operator"))
    offered = operators_for(subject_kind)
    return Clause(
        at=at,
        draft=draft,
        names=names,
        kind=kind,
        subject_kind=subject_kind,
        subject=subject,
        operators=offered if present is None or present in offered else (*offered, present),
        takes=present.takes if present else "",
        adds=_adds(draft),
        parts=_parts(draft, names, kind, at),
    )


def _kind(draft: Draft, names: Names, subject: Choice | None) -> str:
    code = draft.box("subject")
    if code == "*those":
        return names.kind(draft.box("of"))
    return "number" if code in CALCULATED else subject.kind if subject else "any"


def _adds(draft: Draft) -> tuple[str, ...]:
    """Return what the buttons add: a subject that needs no clauses gets none, one that chooses gets one."""
    if draft.kind not in ("test", "value", "rows"):
        return ADDS[draft.kind]
    most = {"*count": 99, "*how_many": 1, "*those": 1}.get(draft.box("subject"), 2 if draft.kind == "rows" else 0)
    return ADDS[draft.kind] if len(draft.parts) < most else ()


def _parts(draft: Draft, names: Names, kind: str, at: str) -> tuple[Clause, ...]:
    inside = names.within(draft.box("of")) if draft.kind == "rows" or draft.box("subject") in _IN_LIST else names
    wanted = ["boolean"] * len(draft.parts)
    if draft.kind == "cases":
        wanted = [kind] * len(draft.parts)
    if draft.kind == "case":
        wanted = ["boolean", *[kind] * (len(draft.parts) - 1)][: len(draft.parts)]
    return tuple(
        outline(part, inside, wanted[place - 1], f"{at}.{place}") for place, part in enumerate(draft.parts, start=1)
    )


_IN_LIST = frozenset({"*how_many", "*those"})
