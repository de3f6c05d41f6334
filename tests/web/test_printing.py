import html
import io
import re

import pypdf
import pytest
from tests.services.builders import nominated, publish_shipped, staff
from tests.web.desk import ago, application, staff_member, words
from tests.web.partners import Partner

from frontdoor.store import submissions, views

REFUGE = {"line_1": "Zyxwv Hidden House 77", "town": "Derby", "postcode": "ZZ99 7QX"}
DISCLOSED = "Qwertyuiop broke the door down on Sunday night"
SEEDED = ("Zyxwv", "ZZ99 7QX", "ZZ997QX", "Qwertyuiop", "Old flame of hers")


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def door(app, database):
    publish_shipped()
    return app


@pytest.fixture
def hidden(door):
    """A nomination with a refuge and a disclosure in it, also where nobody would look."""
    more = {
        "address": REFUGE, "address_confidential": "yes", "address_hidden_from": "Old flame of hers",
        "concern": "being_harmed", "harm_details": DISCLOSED, "actions_taken": "None yet", "local_details": DISCLOSED,
        "other_information": f"Meet them at {REFUGE['line_1']}, {REFUGE['postcode'].lower()}",
    }  # fmt: skip
    reference = nominated(received_at=ago(hours=5), **more).reference
    sent = submissions.by_case(staff(), reference)[0]
    return reference, sent


def pdf_text(response):
    reader = pypdf.PdfReader(io.BytesIO(response.data))
    told = [page.extract_text() for page in reader.pages]
    told += [str(value) for value in (reader.metadata or {}).values()]
    told += re.findall(r"/Title': '(.*?)'", str(reader.outline))
    return " ".join(" ".join(told).split())


def everything(response):
    """What a reader of an answer could find: words, marks, headers and, of a PDF, its text and metadata."""
    headers = " ".join(f"{name}: {value}" for name, value in response.headers)
    body = pdf_text(response) if response.mimetype == "application/pdf" else html.unescape(response.text)
    return f"{headers} {body}".casefold()


def test_dads_copy_as_page_and_as_pdf_in_either_language_holds_nothing_that_is_hidden(door, hidden):
    reference, sent = hidden
    officer = staff_member(door)
    for person in ("nora", "minh", "aoif"):
        for language in ("en", "cy"):
            for kind in ("print", "pdf"):
                copy = officer.get(
                    f"/cases/{reference}/submissions/{sent.id}/{kind}", person=person, **{"in": language}
                )
                assert copy.status_code == 200
                assert [one for one in SEEDED if one.casefold() in everything(copy)] == []
                assert "tess teacher" not in everything(copy)


def test_the_copy_for_the_file_holds_everything(door, hidden):
    reference, sent = hidden
    officer = staff_member(door)
    for kind in ("print", "pdf"):
        text = everything(officer.get(f"/cases/{reference}/submissions/{sent.id}/{kind}"))
        assert [one for one in SEEDED if one.casefold() not in text] == ["ZZ997QX"]


def test_a_download_is_named_by_its_reference_alone(door, hidden):
    reference, sent = hidden
    made = staff_member(door).get(f"/cases/{reference}/submissions/{sent.id}/pdf", person="nora")
    assert made.headers["Content-Disposition"] == f'attachment; filename="{reference}.pdf"'
    assert made.headers["Cache-Control"] == "no-store"
    assert pypdf.PdfReader(io.BytesIO(made.data)).metadata.title.endswith(f", {reference}")


def test_a_reading_is_recorded_for_the_page_and_for_the_pdf(door, hidden):
    reference, sent = hidden
    officer = staff_member(door)
    for kind in ("print", "pdf"):
        officer.get(f"/cases/{reference}/submissions/{sent.id}/{kind}")
    told = views.of_record(staff("information_governance_officer"), "print", sent.id)
    assert len(told.rows) == 2
    assert {one.account for one in told.rows} == {officer.account}


@pytest.mark.parametrize("kind", ["print", "pdf"])
def test_nobody_gets_a_copy_of_what_they_may_not_read(door, hidden, kind):
    reference, sent = hidden
    address = f"/cases/{reference}/submissions/{sent.id}/{kind}"
    assert staff_member(door, "configurer", name="Iona").get(address).status_code == 403
    assert staff_member(door, authority="northmoor", name="Nora").get(address).status_code == 404
    assert staff_member(door).get(address, person="nobody").status_code == 404
    assert door.test_client().get(address).status_code in (302, 303)


def test_a_partner_keeps_what_they_sent_and_nobody_elses(door, hidden):
    _, sent = hidden
    mine, other = Partner(door), Partner(door, "Nell Nurse", "clinic")
    assert "Zyxwv" in pdf_text(mine.open(f"/partner/sent/{sent.id}/pdf"))
    assert "Zyxwv" in words(mine.open(f"/partner/sent/{sent.id}/print"))
    assert {other.open(f"/partner/sent/{sent.id}/{kind}").status_code for kind in ("print", "pdf")} == {404}
