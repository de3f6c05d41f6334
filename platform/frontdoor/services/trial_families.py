"""The test families of a programme, each tried: what its forms show and say, and what its rules decide.

They stand in the tree under `test_families`, travel with it, and run on every check of a change: red blocks publishing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.forms.expected import differences
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.dialect.orders import in_order
from frontdoor.domain.text import say
from frontdoor.domain.trial import Difference, Given
from frontdoor.services.trial_deciding import decided

Document = Mapping[str, Any]
TREE = "test_families"


@dataclass(frozen=True)
class FamilyTried:
    """One test family, what it is called, what it expects, and what is not so."""

    key: str
    label: str
    forms: tuple[str, ...]
    expect: Document
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as expected."""
        return not self.differences


def tried(programme: Programme, *, form: str = "", code: str = "", language: str = "en") -> list[FamilyTried]:
    """Return the test families of a programme in their order, each tried.

    With a form only those that fill it in, with a decision's code only those that expect something of it.
    """
    held: Mapping[str, Document] = programme.tree.get(TREE, {})
    chosen = [key for key in in_order(held) if _touches(held[key], form, code)]
    return [_tried(programme, key, held[key], language) for key in chosen]


def _touches(family: Document, form: str, code: str) -> bool:
    given, expect = family["given"]["value"], family["expect"]["value"]
    fills = not form or form in given.get("answers", {}) or form in expect.get("forms", {})
    return fills and (not code or code in expect.get("decisions", {}))


def _tried(programme: Programme, key: str, family: Document, language: str) -> FamilyTried:
    given, expect = Given.from_json(family["given"]["value"]), family["expect"]["value"]
    try:
        found = (*_of_forms(programme, given, expect, language), *_of_decisions(programme, given, expect, language))
    except FrontDoorError as refused:
        found = (Difference("refused", "", says=refused.message),)
    return FamilyTried(key, family["label"].get(language) or family["label"]["en"], tuple(given.answers), expect, found)


def _of_forms(programme: Programme, given: Given, expect: Document, language: str) -> Iterator[Difference]:
    for name, wanted in expect.get("forms", {}).items():
        form = programme.forms.get(name)
        if form is None:
            yield Difference("form_gone", name)
        else:
            answers = given.answers.get(name, {})
            yield from differences(form, answers, wanted, as_of=given.as_of, language=language)


def _of_decisions(programme: Programme, given: Given, expect: Document, language: str) -> Iterator[Difference]:
    wanted = expect.get("decisions", {})
    receipts = {one.code: one for one in decided(programme, given)} if wanted else {}
    for code, outcome in wanted.items():
        table = programme.rules.decisions.get(code)
        about = say(table.title, language) if table else code
        if code not in receipts:
            yield Difference("decision_gone", about, outcome)
        elif receipts[code].outcome != outcome:
            yield Difference("decision", about, outcome, receipts[code].outcome)
