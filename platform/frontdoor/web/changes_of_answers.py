"""What each missing answer would change, in words: for the case page in a line, for the receipt in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.consequences import Answer, Consequence
from frontdoor.web.case_words import outcome_tag
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken


@dataclass(frozen=True)
class ChangeLine:
    """One answer: what it is, what follows at once, and how it can end once the rest is known; and of which fact.

    `decides`: it ends the wait by itself.
    """

    fact: str
    answer: str
    at_once: str
    ends: str
    decides: bool


def change_lines(programme: Programme, code: str, change: Consequence) -> list[ChangeLine]:
    """Return a line for each answer; one that says so where the answers cannot be tried."""
    label = spoken(change.fact.label)
    if not change.answers:
        return [ChangeLine(label, "", "", str(_("what it is decides")), decides=False)]
    return [_line(programme, code, label, one, change) for one in change.answers]


def in_a_line(lines: Sequence[ChangeLine]) -> str:
    """Return what the answers to one fact lead to, as one sentence: "Education. If yes: Eligible; if no: …"."""
    if not lines[0].answer:
        return f"{lines[0].fact}: {lines[0].ends}"
    told = "; ".join(str(_("if %(answer)s: %(outcome)s", answer=one.answer, outcome=one.ends)) for one in lines)
    return f"{lines[0].fact}: {told}"


def either(names: Sequence[str]) -> str:
    """Return several names as a choice: "A, B or C"."""
    if len(names) < 2:
        return "".join(names)
    return str(_("%(others)s or %(last)s", others=", ".join(names[:-1]), last=names[-1]))


def _line(programme: Programme, code: str, label: str, one: Answer, change: Consequence) -> ChangeLine:
    table = programme.rules.decisions[code]
    outcome = table.outcome(one.alone)
    decides = outcome is not None and outcome.final
    ends = either([outcome_tag(programme, code, each).words for each in one.outcomes])
    at_once = outcome_tag(programme, code, one.alone).words
    return ChangeLine(label, one.told(change.fact, language()), at_once, ends, decides)
