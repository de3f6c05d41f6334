"""Whether the options in an answer may be chosen: offered on the day, no stranger, no company for an exclusive one."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from frontdoor.domain.forms.questions import Form, Json, Question

KnownCodes = Mapping[str, Collection[str | int]]
NONE_KNOWN: KnownCodes = {}


def codes_in(form: Form, answers: Mapping[str, Json]) -> KnownCodes:
    """Return the options that older `answers` hold, by question path (`members/role`).

    Handed to `accept` as `known_codes`, so that an option that is no longer offered is not lost by sending an
    answer again.
    """
    found: dict[str, set[str | int]] = {}
    for path, question, value in _answered(form, answers):
        held = value if isinstance(value, Mapping) else {}
        for name, part in question.parts.items():
            found.setdefault(f"{path}.{name}", set()).update(_chosen(held.get(name)) if part.options else ())
        if question.options and not question.parts:
            found.setdefault(path, set()).update(_chosen(value))
    return found


def _answered(form: Form, answers: Mapping[str, Json]) -> Iterator[tuple[str, Question, Json]]:
    for question in form.questions.values():
        value = answers.get(question.id)
        if question.widget == "group":
            for row in value or ():
                yield from ((inner.path, inner, row.get(inner.id)) for inner in question.questions.values())
        else:
            yield question.path, question, value


def _chosen(value: Json) -> list[str | int]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def fault(question: Question, value: Json, as_of: date, known: Collection[str | int] = ()) -> str:
    """Return the keyword that the chosen options break, `""` for none: `enum`, `exclusive`."""
    chosen = _chosen(value)
    for code in chosen:
        option = question.option(code)
        if option is None or not (option.live(as_of) or code in known):
            return "enum"
    if len(chosen) > 1 and any(option.exclusive and option.value in chosen for option in question.options):
        return "exclusive"
    return ""


def strangers(question: Question, value: Json, answers: Mapping[str, Json]) -> bool:
    """Return whether an answer names a row that the group in `options_from` does not have."""
    rows = {row["id"] for row in answers.get(question.options_from) or ()}
    return not set(_chosen(value)) <= rows
