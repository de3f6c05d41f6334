"""Which decisions a change reaches: the tables that may decide otherwise under it. Words and looks reach none.

A question counts where rules read it, with whatever settles whether it is asked; any other question moves no decision.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from frontdoor.domain.canonical import canonical, digest
from frontdoor.domain.forms.dependencies import reads
from frontdoor.domain.forms.questions import Form, Option, Question
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.table import Fact, Row

_WORDS = frozenset({"label", "hint", "messages", "prefix", "suffix", "row_label", "order", "page"})


def touched(was: Programme, now: Programme) -> tuple[str, ...]:
    """Return the tables that may decide otherwise: new ones, and those with another row, fact, number or question."""
    before = {code: _deciding(was, code) for code in was.rules.decisions}
    return tuple(code for code in now.rules.decisions if before.get(code) != _deciding(now, code))


def lost(was: Programme, now: Programme) -> tuple[str, ...]:
    """Return the tables that are no longer there."""
    return tuple(code for code in was.rules.decisions if code not in now.rules.decisions)


def deciding_digest(programme: Programme, codes: Iterable[str]) -> str:
    """Return a digest of all that the answers of some tables depend on: words may change, and it is still the same."""
    return digest({code: _deciding(programme, code) for code in codes if code in programme.rules.decisions})


def _deciding(programme: Programme, code: str) -> str:
    """Return as one text all that the answers of a table depend on, words left out."""
    rules, table = programme.rules, programme.rules.decisions[code]
    facts = rules.needed(table.reads)
    read = table.reads.union(*(fact.reads for fact in facts), {fact.over for fact in facts})
    parameters = {name: one.value for name, one in rules.parameters.items() if f"parameters.{name}" in read}
    asked = {id_: _asked(form, read) for id_, form in programme.forms.items()}
    rows = [_row(row) for row in (*table.rows, table.otherwise, table.when_unknown)]
    return canonical([table.hit, rows, [_fact(fact) for fact in facts], parameters, asked])


def _row(row: Row) -> list[Any]:
    return [row.id, row.when, row.decision, row.reason_code, row.argument, row.clock, row.protective, row.intended]


def _fact(fact: Fact) -> list[Any]:
    given = _without_words(fact.verify)
    return [fact.id, fact.type, fact.logic, fact.over, fact.roll_up, fact.unknown_as, given]


def _asked(form: Form, read: frozenset[str]) -> list[Any]:
    """Return of a form the questions that rules read, and what settles whether these are asked."""
    names = {parts[2] for path in read if (parts := path.split("."))[:2] == ["answers", form.id] and len(parts) > 2}
    conditions: set[str] = set()
    waiting = [*names]
    while waiting:
        question = form.questions.get(waiting.pop())
        more = (_read_for(form, question, conditions) if question is not None else set()) - names
        names |= more
        waiting += more
    shown = {page.id: page.show_if for page in form.pages.values() if page.show_if}
    questions = [_question(form.questions[name]) for name in sorted(names) if name in form.questions]
    pages = {name: shown.get(form.questions[name].page, "") for name in sorted(names) if name in form.questions}
    logic = {name: form.conditions[name].logic for name in sorted(conditions) if name in form.conditions}
    return [questions, pages, logic] if questions else []


def _read_for(form: Form, question: Question, conditions: set[str]) -> set[str]:
    """Return the questions on which it hangs whether one is asked; the conditions met are added to `conditions`."""
    new = set(_named(form, question)) - conditions
    conditions |= new
    found = {name for one in new for name in _read_by(form, one, conditions)}
    return found.union(*(_questions_in(one.logic) for one in question.conditions.values()))


def _named(form: Form, question: Question) -> Iterator[str]:
    """Yield the conditions that settle whether a question, its page or its rows' questions are asked."""
    page = form.pages.get(question.page)
    yield from (name for name in (question.show_if, question.required_if, page.show_if if page else "") if name)
    for one in question.questions.values():
        yield from (name for name in (one.show_if, one.required_if) if name)


def _read_by(form: Form, condition: str, conditions: set[str]) -> set[str]:
    """Return the questions that a condition reads, at any remove; conditions on the way are added to `conditions`."""
    found: set[str] = set()
    held = form.conditions.get(condition)
    for path in reads(held.logic) if held is not None else ():
        root, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if root == "answers":
            found.add(name)
        elif root == "conditions" and name not in conditions:
            conditions.add(name)
            found |= _read_by(form, name, conditions)
    return found


def _questions_in(logic: Any) -> Iterator[str]:
    for path in reads(logic):
        if path.startswith("answers."):
            yield path.split(".")[1]


def _question(question: Question) -> list[Any]:
    written = {key: value for key, value in question.ui.items() if key not in _WORDS}
    return [
        question.id,
        dict(question.schema),
        _without_words({key: value for key, value in written.items() if key not in ("options", "codes")}),
        [_option(one) for one in question.options],
        [_question(one) for one in question.questions.values()],
        {name: one.logic for name, one in question.conditions.items()},
    ]


def _option(one: Option) -> list[Any]:
    days = [day.isoformat() if day else "" for day in (one.valid_from, one.valid_to)]
    return [one.value, one.unknown, one.exclusive, one.disabled, *days]


def _without_words(document: Any) -> Any:
    """Return a document without its words: a mapping with an English text is nothing but words."""
    if isinstance(document, Mapping):
        return {
            key: _without_words(value)
            for key, value in document.items()
            if not (isinstance(value, Mapping) and isinstance(value.get("en"), str))
        }
    return document
