import io
import re

import pypdf
import pytest
from tests.web.administering import application, hidden, people, problems_shown, site
from tests.web.test_admin_changes import begin, edit

from frontdoor import clock
from frontdoor.services import sign_in
from frontdoor.store import changes

__all__ = ["application", "people", "site"]
BODY = "/themes/letters~1acknowledgement/body/en"
ACCENT = "/themes/theme/colours/accent"
FONT = "/themes/theme/font"
FOOTER = "/themes/theme/footer/text/en"


def shown(person, change, pointer, value):
    """Ask for a value to be shown before it is kept."""
    fields = hidden(person.get(f"{change}/edit?at={pointer}").text)
    return person.browser.post(f"{change}/edit", data={**fields, "value": value, "because": "", "show": "yes"})


def edits(person, change):
    return changes.get(viewer_of(person), change.rpartition("/")[2]).edits


def viewer_of(person):
    return sign_in.viewer_of(person.account, clock.now())


@pytest.fixture
def iona(people):
    return people("configurer", "Iona")


@pytest.fixture
def change(iona):
    return begin(iona)


def test_a_letter_is_shown_for_a_family_that_does_not_exist_before_anything_is_kept(iona, change):
    page = shown(iona, change, BODY, "New words about {{ reference }} from {{ authority }}.")
    assert page.status_code == 200
    assert "New words about DER-TEST-0000-0000-0 from Derby City Council" in page.text
    assert edits(iona, change) == ()


def test_what_a_letter_may_insert_is_offered_by_name(iona, change):
    page = iona.get(f"{change}/edit?at={BODY}").text
    for name in ("{{ reference }}", "{{ authority }}", "{{ contact.email }}", "{{ words.lead_practitioner }}"):
        assert f"<code>{name}</code>" in page


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("One\n{{ ''.__class__ }}", id="class"),
        pytest.param("One\n{% for n in reference %}x{% endfor %}", id="loop"),
        pytest.param("One\n{% include 'x' %}", id="include"),
        pytest.param("One\n{{ family_name }}", id="a-person"),
    ],
)
def test_a_letter_that_does_more_than_insert_is_refused_with_its_line_when_shown_and_when_saved(iona, change, body):
    for answer in (shown(iona, change, BODY, body), edit(iona, change, BODY, body)):
        assert answer.status_code == 422
        assert any("Line 2" in told for told in problems_shown(answer.text).values())
    assert edits(iona, change) == ()


def test_markup_in_a_letter_is_shown_as_it_was_typed(iona, change):
    page = shown(iona, change, BODY, '<script>x</script><img src="http://127.0.0.1/a">').text
    assert "&lt;script&gt;" in page
    assert '<img src="http' not in page


def test_a_colour_on_which_words_could_not_be_read_is_refused_as_it_is_typed(iona, change):
    for answer in (shown(iona, change, ACCENT, "#ffdd00"), edit(iona, change, ACCENT, "#ffdd00")):
        assert answer.status_code == 422
        assert any(re.search(r"1\.\d to 1 only", told) for told in problems_shown(answer.text).values())
    page = shown(iona, change, ACCENT, "#00543c").text
    assert "Words on the accent" in page
    assert edits(iona, change) == ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [(FONT, "system"), (FOOTER, "Ring 01632 960111"), (ACCENT, "#00543c")],
    ids=["font", "foot", "ink"],
)
def test_typeface_footer_and_colours_are_changed_in_the_same_journey(iona, change, pointer, value):
    assert edit(iona, change, pointer, value).status_code == 303
    assert [(one.pointer, one.value) for one in edits(iona, change)] == [(pointer, value)]


def test_a_typeface_that_is_not_shipped_cannot_be_chosen(iona, change):
    assert edit(iona, change, FONT, "http://127.0.0.1/font").status_code == 422


def test_looks_and_letters_are_not_published_at_once(iona):
    page = iona.get("/changes/emergency/derby").text
    for pointer in (BODY, ACCENT, FONT, FOOTER):
        assert pointer not in page
        assert iona.get(f"/changes/emergency/derby/edit?at={pointer}").status_code == 404


def test_a_change_is_seen_whole_with_each_letter_as_pdf(iona, change, people):
    edit(iona, change, BODY, "Printed words about {{ reference }}.")
    feliks = people("approver", "Feliks")
    page = feliks.get(f"{change}/preview")
    assert page.status_code == 200
    assert "Printed words about DER-TEST-0000-0000-0." in page.text
    assert "01632 960111" in page.text
    made = feliks.get(f"{change}/preview/pdf?letter=acknowledgement&in=en")
    assert made.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert "Printed words about" in pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert feliks.get(f"{change}/preview/pdf?letter=none&in=en").status_code == 404
    assert feliks.get(f"{change}/preview/pdf?letter=acknowledgement&in=cy").status_code == 404


@pytest.mark.parametrize("role", ["front_door_officer", "auditor"])
def test_a_change_is_shown_to_whom_it_concerns_alone(people, iona, change, role):
    stranger = people(role, "Sam")
    assert stranger.get(f"{change}/preview").status_code == 403
    assert stranger.get(f"{change}/preview/pdf?letter=acknowledgement").status_code == 403
