"""Advice on a designed form: each kind on a form that needs it, and none on one that does not."""

import pytest

from frontdoor.domain.designs.advice import advice, readability

PLAIN = {"page": "p", "order": 1, "widget": "text", "label": {"en": "First name"}}


def form(ui=None, *, questions=None, page=None):
    asked = questions or {"q": {"ui": {**PLAIN, **(ui or {})}}}
    return {"id": "f", "pages": {"p": {"order": 1, "title": {"en": "About you"}, **(page or {})}}, "questions": asked}


def codes(document, languages=("en",), read=("q",)):
    return [(one.pointer, one.code) for one in advice(document, languages, read)]


def options(count):
    return {f"o{number}": {"order": number, "label": {"en": f"Option {number}"}} for number in range(count)}


def test_a_plain_question_that_something_reads_needs_no_advice():
    assert codes(form()) == []


HARD = (
    "Notwithstanding multidisciplinary considerations, practitioners demonstrating safeguarding responsibilities "
    "should systematically articulate intergenerational vulnerabilities characterising household circumstances."
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(form({"widget": "textarea"}), ("/questions/q", "no_hint"), id="space-to-write-without-a-hint"),
        pytest.param(form({"hint": {"en": HARD}}), ("/questions/q/ui/hint", "hard_words"), id="hard-words"),
        pytest.param(
            form({"hint": {"en": "word " * 26 + "end."}}), ("/questions/q/ui/hint", "long_sentence"), id="long-sentence"
        ),
        pytest.param(
            form({"hint": {"en": "Fill in the red boxes."}}), ("/questions/q/ui/hint", "colour"), id="colour-alone"
        ),
        pytest.param(
            form({"widget": "radios", "options": options(9)}), ("/questions/q", "many_radios"), id="nine-radios"
        ),
        pytest.param(
            form({"widget": "select", "options": options(4)}), ("/questions/q", "short_list"), id="list-of-four"
        ),
        pytest.param(form({"sensitive": True}), ("/questions/q", "no_purpose"), id="sensitive-without-purpose"),
        pytest.param(
            form({"messages": {"format": {"en": "Invalid date"}}}),
            ("/questions/q/ui/messages/format", "blames"), id="message-that-blames",
        ),
        pytest.param(
            form(questions={f"q{n}": {"ui": {**PLAIN, "order": n}} for n in range(11)}),
            ("/pages/p", "crowded"), id="eleven-on-a-page",
        ),
    ],
)  # fmt: skip
def test_what_makes_a_form_harder_is_named_where_it_stands(document, expected):
    assert expected in codes(document)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(form({"widget": "textarea", "hint": {"en": "One or two sentences."}}), id="hint"),
        pytest.param(form({"widget": "radios", "options": options(8)}), id="eight-radios"),
        pytest.param(form({"widget": "select", "options": options(5)}), id="list-of-five"),
        pytest.param(form({"sensitive": True, "purpose": {"en": "To keep you safe."}}), id="purpose"),
        pytest.param(form({"messages": {"format": {"en": "Enter a date, like 23 11 2026"}}}), id="says-what-to-do"),
        pytest.param(form({"hint": {"en": "Write what you know of the Red Cross."}}), id="a-colour-in-a-name"),
        pytest.param(
            form(questions={f"q{n}": {"ui": {**PLAIN, **({"show_if": "c"} if n else {})}} for n in range(11)}),
            id="eleven-of-which-one-is-always-asked",
        ),
    ],
)  # fmt: skip
def test_what_is_well_made_is_left_alone(document):
    assert codes(document) == []


def test_what_nobody_reads_is_asked_about_unless_it_says_what_it_is_for():
    asked = form({"widget": "yes_no"})
    assert codes(asked, read=()) == [("/questions/q", "unused")]
    assert codes(asked, read=("q",)) == []
    assert codes(form({"widget": "yes_no", "purpose": {"en": "The worker reads it."}}), read=()) == []


def test_a_missing_language_is_named_only_where_the_owner_speaks_it():
    assert codes(form(), languages=("en", "cy")) == [
        ("/pages/p/title", "untranslated"), ("/questions/q/ui/label", "untranslated"),
    ]  # fmt: skip


def test_rows_of_a_list_are_read_by_their_own_names():
    row = {"ui": {"order": 1, "widget": "yes_no", "label": {"en": "Seen?"}}}
    group = {"ui": {**PLAIN, "widget": "group"}, "questions": {"seen": row}}
    document = form(questions={"children": group})
    assert codes(document, read=()) == [("/questions/children/questions/seen", "unused")]
    assert codes(document, read=("children/seen",)) == []


def test_words_of_a_child_are_easier_than_words_of_a_board():
    assert readability("The cat sat on the mat. It was warm.") < 3 < 9 < readability(HARD)
    assert readability("") == 0.0
