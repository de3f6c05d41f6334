"""Answers of the kinds that are more than a word, as people read them: amounts, times, ranges, sign-offs, picks."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from frontdoor.domain.calendar import LONDON
from frontdoor.domain.forms import expected_dates, money, partial_dates, times
from frontdoor.domain.forms.questions import NOT_LISTED, Json, Question
from frontdoor.domain.text import Text, say

_RANGE: Text = {"en": "{from} to {to}", "cy": "{from} hyd at {to}"}
_SINCE: Text = {"en": "From {from}", "cy": "O {from}"}
_UNTIL: Text = {"en": "Until {to}", "cy": "Hyd at {to}"}
_AT: Text = {"en": "{day} at {time}", "cy": "{day} am {time}"}
_WITNESSED: Text = {"en": "Witness: {witness}", "cy": "Tyst: {witness}"}

Print = Callable[[Question, Json], str]


def moment(value: str, language: str) -> str:
    """Return an instant in UTC as the day and time it was here: `23 November 2026 at 3.30pm`."""
    local = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone(LONDON)
    day = partial_dates.shown_day(local.date(), language)
    return say(_AT, language).format(day=day, time=times.shown(f"{local:%H:%M}", language))


def number(question: Question, value: Json, language: str) -> str:
    """Return an amount, a percentage or a place on a scale with what it means: `4: Coping most days`."""
    if question.widget == "money" or question.shown_as == "money":
        # What is worked out may be a part of a penny; a typed amount never is.
        return money.shown(round(value))
    if question.widget == "percentage" or question.shown_as == "percentage":
        return f"{value:,}%"
    point = question.points.get(str(value))
    return f"{value}: {say(point, language)}" if point else f"{value:,}"


def composite(question: Question, value: Mapping[str, Json], language: str, each: Print) -> str:
    """Return an answer that is made of answers; `each` prints one part. Lines are parted by line feeds."""
    told = {name: each(part, value[name]) for name, part in question.parts.items() if name in value}
    if question.widget == "date_range":
        words = _RANGE if len(told) == 2 else _SINCE if "from" in told else _UNTIL
        return say(words, language).format_map(told)
    if question.widget == "matrix":
        return "\n".join(f"{say(question.parts[name].label, language)}: {words}" for name, words in told.items())
    if question.widget == "sign_off":
        witness = [say(_WITNESSED, language).format_map(told)] if "witness" in told else []
        return "\n".join([", ".join(told[name] for name in ("name", "role", "at") if name in told), *witness])
    listed = [name for name in ("who", "code") if value.get(name, NOT_LISTED) != NOT_LISTED]
    return told[listed[0]] if listed else told.get("name", "")


def day(question: Question, value: str, language: str) -> str:
    """Return a date, a partial or an expected one."""
    shown = expected_dates.shown if question.widget == "expected_date" else partial_dates.shown
    return shown(value, language)
