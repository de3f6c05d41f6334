"""A nomination with every kind of question."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frontdoor.domain.forms.model import Form, parse_form
from frontdoor.domain.rules.engine import compile_rule

AS_OF = date(2026, 11, 23)
CODES = {
    "languages": {
        "label": {"en": "Languages"},
        "codes": {
            "cym": {"order": 20, "label": {"en": "Welsh", "cy": "Cymraeg"}},
            "eng": {"order": 10, "label": {"en": "English", "cy": "Saesneg"}},
            "old": {"order": 30, "label": {"en": "Old code"}, "valid_to": "2025-12-31"},
        },
    }
}


def question(widget: str, page: str = "family", order: float = 10, **rest: Any) -> dict[str, Any]:
    schema = rest.pop("schema", {})
    return {**schema, "ui": {"page": page, "order": order, "widget": widget, "label": {"en": widget}, **rest}}


def options(*codes: str, **flags: dict[str, Any]) -> dict[str, Any]:
    return {
        code: {"order": place, "label": {"en": code.title()}, **flags.get(code, {})} for place, code in enumerate(codes)
    }


def is_equal(question_id: str, value: Any, scope: str = "answers") -> dict[str, Any]:
    return {"label": {"en": "x"}, "logic": {"==": [{"var": f"{scope}.{question_id}"}, value]}}


NOMINATION: dict[str, Any] = {
    "id": "nomination",
    "title": {"en": "Nominate a family"},
    "pages": {
        "safety": {"order": 10, "title": {"en": "Safety"}, "kind": "safeguarding"},
        "family": {"order": 20, "title": {"en": "The family", "cy": "Y teulu"}},
        "housing": {"order": 30, "title": {"en": "Housing"}, "show_if": "owns_no_home"},
    },
    "conditions": {
        "worried": {"label": {"en": "There is a concern"}, "logic": {"in": [{"var": "answers.concern"}, ["danger"]]}},
        "owns_no_home": is_equal("tenant", True),
        "arrears": {"label": {"en": "In arrears"}, "logic": {">": [{"var": "answers.rent_owed"}, 0]}},
        "is_child": {**is_equal("child", True, "row"), "over": "members"},
    },
    "questions": {
        "concern": question(
            "radios", "safety", required=True, label={"en": "Is anyone in danger?", "cy": "A oes rhywun mewn perygl?"},
            options=options("danger", "not_sure", "no", not_sure={"unknown": True}),
        ),
        "harm": question("textarea", "safety", 20, show_if="worried", required=True, label={"en": "What happened"}),
        "family_name": question(
            "text", order=10, required=True, label={"en": "Family name", "cy": "Enw teuluol"},
            autocomplete="family-name",
        ),
        "language": question("select", order=20, codes="languages", label={"en": "First language"}),
        "nhs": question("nhs_no", order=30, label={"en": "NHS number"}, sensitive=True),
        "postcode": question("postcode", order=40, label={"en": "Postcode"}),
        "home": question("address", order=50, label={"en": "Home address"}),
        "needs": question(
            "checkboxes", order=60, label={"en": "Needs"},
            options=options("crime", "work", "none", "gone", none={"exclusive": True}, gone={"disabled": True}),
        ),
        "tenant": question("yes_no", order=70, label={"en": "Do they rent their home?"}),
        "members": {
            **question(
                "group", order=80, label={"en": "Family members"}, row_label={"en": "Person"}, max_items=3,
                row_title=["name"], complete="everybody",
            ),
            "questions": {
                "name": question("text", order=10, required=True, label={"en": "First name"}),
                "dob": question(
                    "partial_date", order=20, label={"en": "Date of birth"}, age_bands=True, allow_unknown=True,
                    not_after="as_of",
                ),
                "child": question("yes_no", order=30, label={"en": "Child"}),
                "school": question("text", order=40, label={"en": "School"}, show_if="is_child", required=True),
            },
        },
        "everybody": question("yes_no", order=90, label={"en": "Is that everybody?"}),
        "main_carer": question("select", order=100, options_from="members", label={"en": "Main carer"}),
        "due": question("date", order=110, label={"en": "Due date"}, not_after="as_of+294d", not_before="2026-01-01"),
        "rent_owed": question(
            "number", "housing", 10, schema={"type": "integer", "minimum": 0}, label={"en": "Rent owed"},
            prefix={"en": "£"},
        ),
        "landlord": question("text", "housing", 20, required_if="arrears", label={"en": "Landlord"}),
        "note": question("info", "housing", 30, label={"en": "We may ask the landlord"}),
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def make_form() -> Callable[..., Form]:
    """Return a maker of forms from `questions`, `conditions` and `pages`."""

    def make(questions: Any, conditions: Any = None, pages: Any = None) -> Form:
        document = {
            "id": "made",
            "title": {"en": "Made"},
            "pages": pages or {"family": {"order": 10, "title": {"en": "Family"}}},
            "conditions": conditions or {},
            "questions": questions,
        }
        return parse_form(document, CODES, compile_rule)

    return make


@pytest.fixture(scope="session")
def nomination() -> Form:
    return parse_form(NOMINATION, CODES, compile_rule)


@pytest.fixture(scope="session")
def as_of() -> date:
    return AS_OF


@pytest.fixture(scope="session")
def good() -> dict[str, Any]:
    """The fewest answers that the nomination accepts."""
    return {"concern": "no", "family_name": "Okafor"}
