"""A form once it is read: pages, questions, options and named conditions. Frozen, and shared between requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jsonschema_rs import Draft202012Validator

from frontdoor.domain.text import Text

Json = Any
Evaluate = Callable[[Json], Json]  # data -> value
CompileCondition = Callable[[Json], Evaluate]  # JSONLogic -> Evaluate; `rules` stands above and hands it in

TEXT_WIDGETS = frozenset({"text", "textarea", "phone", "email", "postcode", "nhs_no", "nino", "upn", "time"})
CHOICE_WIDGETS = frozenset({"radios", "select", "checkboxes"})
NUMBER_WIDGETS = frozenset({"number", "money", "percentage", "scale"})
DATE_WIDGETS = frozenset({"date", "partial_date", "expected_date"})
COMPOSITE_WIDGETS = frozenset({"date_range", "matrix", "sign_off", "person", "organisation"})  # made of questions
LISTED_WIDGETS = CHOICE_WIDGETS | {"matrix", "sign_off", "organisation"}  # those that may have options or a code list
WIDGETS = (
    TEXT_WIDGETS
    | CHOICE_WIDGETS
    | NUMBER_WIDGETS
    | DATE_WIDGETS
    | COMPOSITE_WIDGETS
    | {"yes_no", "address", "addresses", "group", "file", "info", "calculated"}
)
NOT_LISTED = "not_listed"  # the code for somebody, or an organisation, that is on no list and is named instead


@dataclass(frozen=True)
class Option:
    """One choice: a permanent `code`, an editable label.

    `unknown` answers count as not known in rules; `exclusive` refuses company. A `disabled` option, or one outside
    its dates (both ends included), is not offered, but an older answer that holds it is kept.
    """

    code: str
    value: str | int  # what is stored: the code, or its number when the question's type is integer
    label: Text
    hint: Text = field(default_factory=dict)
    unknown: bool = False
    exclusive: bool = False
    disabled: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def live(self, as_of: date) -> bool:
        """Return whether the option is offered on `as_of`."""
        started = self.valid_from is None or self.valid_from <= as_of
        return not self.disabled and started and (self.valid_to is None or as_of <= self.valid_to)


@dataclass(frozen=True)
class Condition:
    """A named test of the answers. `group` names the repeating group whose rows it is evaluated for, `""` for none."""

    id: str
    label: Text
    logic: Json
    evaluate: Evaluate = field(compare=False, repr=False)
    group: str = ""


@dataclass(frozen=True)
class Question:
    """One thing asked. `schema` holds the JSON Schema keywords that its author wrote, without `ui`.

    `page` is `""` for the questions of a group's row. `not_before` and `not_after` are a date, `as_of`, or
    `as_of+294d` (days after the day the form is received).
    """

    id: str
    page: str
    order: float
    widget: str
    label: Text
    schema: Mapping[str, Json]
    hint: Text = field(default_factory=dict)
    required: bool = False
    required_if: str = ""
    show_if: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""
    messages: Mapping[str, Text] = field(default_factory=dict)
    autocomplete: str = ""
    sensitive: bool = False
    told_by: str = ""
    share_if: str = ""
    purpose: Text = field(default_factory=dict)
    prefix: Text = field(default_factory=dict)
    suffix: Text = field(default_factory=dict)
    rows: int = 5
    row_label: Text = field(default_factory=dict)
    row_title: tuple[str, ...] = ()
    min_items: int = 0
    max_items: int = 0
    complete: str = ""
    age_bands: bool = False
    allow_unknown: bool = False
    not_before: str = ""
    not_after: str = ""
    points: Mapping[str, Text] = field(default_factory=dict)  # of a scale: what some of its numbers mean
    open: str = ""  # of a date range, the end that may stay open: from | to | either
    witness: str = ""  # of a sign-off: asked | required
    listed_only: bool = False  # of a picker: nobody and nothing outside the list
    shown_as: str = ""  # of a calculated value: money | percentage | date
    confidential: str = ""  # of a group: the yes-or-no question that withholds a row from some readers
    logic: Json = None  # of a calculated value
    evaluate: Evaluate | None = field(default=None, compare=False, repr=False)
    parts: Mapping[str, "Question"] = field(default_factory=dict)  # what a composite question is made of, in order
    group: str = ""  # the group whose row this question is in
    questions: Mapping[str, "Question"] = field(default_factory=dict)  # of a group, in order
    conditions: Mapping[str, Condition] = field(default_factory=dict)  # of a group's rows
    ui: Mapping[str, Json] = field(default_factory=dict, compare=False, repr=False)  # as written
    validator: Draft202012Validator | None = field(default=None, compare=False, repr=False)  # of the stored value

    @property
    def path(self) -> str:
        """The question's name in this form: `family_name`, `members/dob`."""
        return f"{self.group}/{self.id}" if self.group else self.id

    @property
    def answers(self) -> bool:
        """Whether the question holds data; information on a page does not."""
        return self.widget != "info"

    @property
    def given(self) -> bool:
        """Whether the answer comes from a person; a calculated value does not."""
        return self.widget not in {"info", "calculated"}

    def live_options(self, as_of: date) -> tuple[Option, ...]:
        """Return the options offered on `as_of`, in order."""
        return tuple(option for option in self.options if option.live(as_of))

    def option(self, value: Json) -> Option | None:
        """Return the option that was chosen, offered or not; None for what never was one."""
        return next((o for o in self.options if o.value == value and type(o.value) is type(value)), None)


@dataclass(frozen=True)
class Page:
    """One page of a form. `kind` is `safeguarding` for the screen that comes before anything else."""

    id: str
    order: float
    title: Text
    intro: Text = field(default_factory=dict)
    show_if: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Step:
    """One thing to resolve before what depends on it; `group` is `""` outside rows."""

    kind: str  # page | question | condition
    id: str
    group: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form. Mappings are in reading order; `steps` is the order in which visibility is resolved."""

    id: str
    title: Text
    pages: Mapping[str, Page]
    questions: Mapping[str, Question]
    conditions: Mapping[str, Condition]
    steps: tuple[Step, ...]
    intro: Text = field(default_factory=dict)
    submit_label: Text = field(default_factory=dict)

    def on_page(self, page_id: str) -> tuple[Question, ...]:
        """Return the page's questions in order, shown or not."""
        return tuple(question for question in self.questions.values() if question.page == page_id)

    def question(self, path: str) -> Question | None:
        """Return the question at `family_name` or `members/dob`, None when there is none."""
        group, _, row_question = path.partition("/")
        found = self.questions.get(group)
        return found.questions.get(row_question) if found and row_question else found

    def groups(self) -> tuple[Question, ...]:
        """Return the repeating groups in order."""
        return tuple(question for question in self.questions.values() if question.widget == "group")

    def safeguarding_page(self) -> Page | None:
        """Return the page that is asked and posted before all others, None when the form has none."""
        return next((page for page in self.pages.values() if page.kind == "safeguarding"), None)
