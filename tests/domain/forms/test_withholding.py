from datetime import date

import pytest

from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.forms.display import laid_out
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.withholding import FILE, PERSON, SENDER, Recipient, visible_to
from frontdoor.domain.rules.engine import compile_rule

ON = date(2026, 11, 23)
REFUGE, DISCLOSED = "Hidden House 77", "He broke the door down on Sunday night"


def text(place, **ui):
    return {
        "type": "string",
        "ui": {"page": "all", "order": place, "widget": "text", "label": {"en": f"Q{place}"}, **ui},
    }


FORM = parse_form(
    {
        "id": "assessment",
        "title": {"en": "Assessment"},
        "pages": {
            "screen": {"order": 1, "title": {"en": "Screen"}, "kind": "safeguarding"},
            "all": {"order": 2, "title": {"en": "All"}},
        },
        "conditions": {
            "hidden": {"order": 1, "label": {"en": "Hidden"}, "logic": {"==": [{"var": "answers.keep_from"}, "yes"]}},
            "open": {"order": 2, "label": {"en": "Open"}, "logic": {"==": [{"var": "answers.keep_from"}, "no"]}},
        },
        "questions": {
            "concern": text(1, page="screen"),
            "people": {
                "type": "array",
                "ui": {"page": "all", "order": 2, "widget": "group", "label": {"en": "People"}, "max_items": 9},
                "questions": {
                    "name": {"type": "string", "ui": {"order": 1, "widget": "text", "label": {"en": "Name"}}},
                    "health": {
                        "type": "string",
                        "ui": {
                            "order": 2, "widget": "text", "label": {"en": "Health"}, "sensitive": True, "told_by": "id",
                        },
                    },
                },
            },
            "address": {
                "type": "object",
                "ui": {
                    "page": "all", "order": 3, "widget": "address", "label": {"en": "Address"}, "share_if": "open",
                },
            },
            "keep_from": text(4),
            "from_whom": text(5, show_if="hidden", sensitive=True),
            "teller": {
                "type": "string",
                "ui": {"page": "all", "order": 6, "widget": "select", "label": {"en": "Who"}, "options_from": "people"},
            },
            "disclosure": text(7, sensitive=True, told_by="teller"),
            "notes": text(8),
        },
    },
    {},
    compile_rule,
)  # fmt: skip
TOLD = {
    "concern": "not sure",
    "people": [
        {"id": "mum1", "name": "Nóra", "health": "Asthma since 2019"},
        {"id": "dad1", "name": "Dara", "health": "Back pain since 2001"},
    ],
    "address": {"line_1": REFUGE, "town": "Derby", "postcode": "ZZ99 3VZ"},
    "keep_from": "yes",
    "from_whom": "Dara",
    "teller": "mum1",
    "disclosure": DISCLOSED,
    "notes": "The children like school.",
}


def printed(recipient, **more):
    shown = visible_to(FORM, {**TOLD, **more}, recipient, ON)
    lines = [line for section in laid_out(FORM, shown) for line in section.lines]
    return {f"{line.row}/{line.question}".strip("/"): line.answer for line in lines}


@pytest.mark.parametrize("kind", [FILE, SENDER])
def test_the_file_and_whoever_sent_it_read_everything(kind):
    assert printed(Recipient(kind))["disclosure"] == DISCLOSED
    assert REFUGE in printed(Recipient(kind))["address"]


def test_dads_copy_holds_neither_her_disclosure_nor_her_address_nor_that_there_is_one_to_hide():
    dad = printed(Recipient(PERSON, "dad1"))
    assert dad.keys() == {"mum1/name", "dad1/name", "dad1/health", "teller", "notes"}


def test_mums_copy_holds_what_she_told_and_what_is_about_her():
    mum = printed(Recipient(PERSON, "mum1"))
    assert mum["disclosure"] == DISCLOSED
    assert mum["mum1/health"] == "Asthma since 2019"
    assert "dad1/health" not in mum
    assert "address" not in mum


def test_an_address_that_need_not_be_kept_from_anybody_stands_in_every_copy():
    assert REFUGE in printed(Recipient(PERSON, "dad1"), keep_from="no", from_whom=None)["address"]


@pytest.mark.parametrize("said", [None, "dont_know", "yes", ""])
def test_an_address_of_which_nothing_is_known_is_kept_back(said):
    assert "address" not in printed(Recipient(PERSON, "dad1"), keep_from=said)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        pytest.param("notes", f"We met at {REFUGE.upper()} again", id="street"),
        pytest.param("notes", "Sat nav: zz993vz", id="postcode"),
        pytest.param("notes", f"She said: {DISCLOSED.lower()}!", id="disclosure"),
    ],
)
def test_what_is_kept_back_is_kept_back_wherever_else_it_was_written(field, words):
    assert field not in printed(Recipient(PERSON, "dad1"), **{field: words})
    assert printed(Recipient(FILE), **{field: words})[field] == words


@pytest.mark.parametrize(
    "recipient", [Recipient(PERSON), Recipient(PERSON, "stranger"), Recipient("board"), Recipient("", "mum1")]
)
def test_whoever_is_not_known_here_reads_what_anybody_may(recipient):
    assert printed(recipient).keys() == {"mum1/name", "dad1/name", "teller", "notes"}


@pytest.mark.parametrize("names", [{"told_by": "nobody"}, {"share_if": "never"}], ids=["teller", "condition"])
def test_a_teller_or_condition_that_the_form_does_not_have_is_refused(names):
    document = {
        "id": "a", "title": {"en": "A"}, "pages": {"all": {"order": 1, "title": {"en": "All"}}}, "conditions": {},
        "questions": {"one": text(1, **names)},
    }  # fmt: skip
    with pytest.raises(DocumentRejected) as refused:
        parse_form(document, {}, compile_rule)
    assert [one.where for one in refused.value.problems] == [f"/questions/one/ui/{next(iter(names))}"]
