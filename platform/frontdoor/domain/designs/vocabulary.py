"""What a form's own conditions may name, for the dialect of rules: the form's answers, its conditions, and the day."""

from collections.abc import Iterator, Mapping

from frontdoor.domain.forms.questions import Condition, Form
from frontdoor.domain.rules.dialect.names import Choice, Names, asked
from frontdoor.domain.text import Text

NAMED: Text = {"en": "Named conditions", "cy": "Amodau a enwyd"}
_DAY: Text = {"en": "The day the form is received", "cy": "Y diwrnod y derbynnir y ffurflen"}
_KNOWN: Text = {"en": "Known without asking", "cy": "Hysbys heb ofyn"}


def vocabulary(form: Form, group: str = "", without: str = "") -> Names:
    """Return the names for a condition of the form, or of the rows of a repeating group.

    Rows read `row.QUESTION`, and their group's conditions before the form's. `without` is a condition that is not
    offered: the one that is being written.
    """
    found = {choice.path: choice for choice in asked(form, "answers", titled=False)}
    found |= {choice.path: choice for choice in _conditions(form, group) if choice.path != f"conditions.{without}"}
    found["as_of"] = Choice("as_of", _DAY, "date", _KNOWN)
    return Names(found, row=f"answers.{group}" if group else "")


def _conditions(form: Form, group: str) -> Iterator[Choice]:
    own: Mapping[str, Condition] = form.questions[group].conditions if group in form.questions else {}
    for key, one in {**form.conditions, **own}.items():
        yield Choice(f"conditions.{key}", one.label, "boolean", NAMED)
