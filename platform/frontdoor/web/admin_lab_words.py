"""The threshold lab in words: the one sentence, outcomes and groups by name, counts as they may be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, lazy_gettext
from flask_babel import gettext as _

from frontdoor.domain.rules.walk import CANNOT_DECIDE
from frontdoor.services.lab import Bench
from frontdoor.services.lab_counting import Share, Tried
from frontdoor.web.admin_words import option_in_words, value_in_words
from frontdoor.web.pages import spoken, word

DIMENSIONS = {
    "area": lazy_gettext("Area"),
    "team": lazy_gettext("Team"),
    "month": lazy_gettext("Month of receipt"),
    "agency": lazy_gettext("Who sent it"),
    "age_band": lazy_gettext("Age of the youngest person"),
}
AGES = {
    "under_5": lazy_gettext("Under 5"),
    "5_to_10": lazy_gettext("5 to 10"),
    "11_to_15": lazy_gettext("11 to 15"),
    "16_to_17": lazy_gettext("16 and 17"),
    "18_or_over": lazy_gettext("18 or over"),
}
PLAIN = {"unknown": lazy_gettext("Not known"), "several": lazy_gettext("Several")}
WHERE = ("area", "team", "month", "agency")
_WEEKS_IN_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Change:
    """How many more, or fewer, of one outcome; `outcome` is its name, `tone` as the pack gives it."""

    code: str
    outcome: str
    tone: str
    was: int
    now: int

    @property
    def more(self) -> int:
        """The difference."""
        return self.now - self.was


def headline(tried: Tried) -> str:
    """Return the result as one sentence."""
    cases = word("nominations")
    if not tried.cases:
        return str(_("There are no past %(cases)s to try this on yet.", cases=cases))
    if not tried.moved:
        return str(
            _(
                "None of %(total)s %(cases)s would have been decided differently.",
                total=number(tried.cases),
                cases=cases,
            )
        )
    return str(
        _("%(moved)s of %(total)s %(cases)s would have been decided differently.",
          moved=number(tried.moved), total=number(tried.cases), cases=cases)
    )  # fmt: skip


def changes(bench: Bench, tried: Tried) -> list[Change]:
    """Return each outcome that occurs, with its counts, in the order of the table."""
    table = bench.live.rules.decisions[bench.table.code]
    known = [code for code in [*table.outcomes, CANNOT_DECIDE] if any(tried.totals.get(code, (0, 0)))]
    known += sorted(code for code, both in tried.totals.items() if any(both) and code not in known)
    return [Change(code, outcome(bench, code), _tone(bench, code), *tried.totals[code]) for code in known]


def outcome(bench: Bench, code: str) -> str:
    """Return what an outcome is called."""
    found = bench.live.rules.decisions[bench.table.code].outcome(code)
    if found is not None:
        return str(spoken(found.label))
    return str(_("Cannot be decided")) if code == CANNOT_DECIDE else option_in_words(code)


def _tone(bench: Bench, code: str) -> str:
    found = bench.live.rules.decisions[bench.table.code].outcome(code)
    return found.tone if found is not None else "urgent"


def number(count: float) -> str:
    """Return a number as people here write it."""
    return str(format_decimal(count))


def told(count: int | None, threshold: int) -> str:
    """Return a group's count as it may be told."""
    if count is None:
        return str(_("fewer than %(threshold)s", threshold=threshold))
    return number(count)


def share(part: int | None, whole: int | None) -> str:
    """Return a share of a group in whole per cent; a dash where either count may not be told."""
    if part is None or not whole:
        return "-"
    return f"{round(100 * min(part, whole) / whole)} %"


def dimension(bench: Bench, name: str) -> str:
    """Return what a breakdown is called: a protected question by its own words."""
    if name in DIMENSIONS:
        return str(DIMENSIONS[name])
    asked = _question(bench, name)
    return spoken(asked.ui["label"]) if asked is not None and "label" in asked.ui else option_in_words(name)


def group(bench: Bench, name: str, code: str, organisations: Mapping[str, str]) -> str:
    """Return what a group of a breakdown is called."""
    if code in PLAIN:
        return str(PLAIN[code])
    if name == "month":
        return str(format_date(date.fromisoformat(f"{code}-01"), "LLLL yyyy"))
    if name == "age_band" and code in AGES:
        return str(AGES[code])
    if name == "team" and code in bench.live.teams:
        return str(spoken(bench.live.teams[code].label))
    if name == "agency":
        return organisations.get(code, option_in_words(code))
    asked = _question(bench, name)
    options = asked.options if asked is not None else ()
    return next((str(spoken(one.label)) for one in options if str(one.value) == code), option_in_words(code))


def _question(bench: Bench, name: str) -> Any:
    for form in bench.live.forms.values():
        for question in form.questions.values():
            if question.id == name:
                return question
            if name in question.questions:
                return question.questions[name]
    return None


def weeks(tried: Tried) -> float:
    """Return over how many weeks the cases came in, by the months that have any; 0 for none."""
    months = sorted(one.group for one in tried.by.get("month", ()) if one.group[:4].isdigit())
    if not months:
        return 0
    first, last = ([int(part) for part in one.split("-")] for one in (months[0], months[-1]))
    return ((last[0] - first[0]) * 12 + last[1] - first[1] + 1) * _WEEKS_IN_MONTH


def per_week(count: int | None, spread: float, threshold: int) -> str:
    """Return a group's count as so many a week."""
    if count is None or not spread:
        return told(count, threshold)
    return str(format_decimal(round(count / spread, 1)))


def value(bench: Bench, one: Any) -> str:
    """Return a value of the parameter with its unit."""
    return value_in_words(one, bench.setting)


def shares_to_show(shares: Sequence[Share]) -> Iterable[Share]:
    """Return the groups of a breakdown, the largest first; the months in their order."""
    if shares and all(one.group[:4].isdigit() for one in shares):
        return shares
    return sorted(shares, key=lambda one: (-(one.cases or 0), one.group))
