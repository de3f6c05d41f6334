"""Reading what a person posted on our own small forms, and showing it again with what is wrong."""

from collections.abc import Iterable
from datetime import date

from flask import request

from frontdoor.domain.errors import Problem


def text(name: str) -> str:
    """Return a posted field, stripped; `""` when it is absent."""
    return request.form.get(name, "").strip()


def revision() -> int:
    """Return the revision that the page was made from; -1, which is never current, when it is absent."""
    sent = request.form.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() else -1


def day(name: str) -> date | None:
    """Return a date given in three boxes, `None` when it is blank or no date."""
    parts = [request.form.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def day_parts(name: str) -> dict[str, str]:
    """Return what was typed in the three boxes, to show it again."""
    return {part: request.form.get(f"{name}-{part}", "") for part in ("day", "month", "year")}


def errors(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the message of each control that has a problem: `/reason` belongs to the control `reason`."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(control(problem), problem.message)
    return found


def summary(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Return (control, message) for the error summary, in order."""
    return [(control(problem), problem.message) for problem in problems]


def control(problem: Problem) -> str:
    """Return the id of the control that a problem is about: `/members/m1/dob` is `members-m1-dob`."""
    return problem.where.strip("/").replace("/", "-")
