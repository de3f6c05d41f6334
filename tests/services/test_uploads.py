from dataclasses import dataclass
from io import BytesIO
from typing import IO

import pytest
from tests.services.builders import DERBY, RECEIVED, partner, programme_of

from frontdoor.domain.access import system_viewer
from frontdoor.domain.errors import NotFound
from frontdoor.services import filling, uploads
from frontdoor.store import views

TESS = partner()


@dataclass
class Sent:
    filename: str | None
    stream: IO[bytes]


@pytest.fixture
def draft(shipped):
    return filling.begin(TESS, "derby", filling.Purpose(), at=RECEIVED)


def keep(draft, name, content):
    ids, problems = uploads.keep_all(TESS, draft, "documents", [Sent(name, BytesIO(content))], at=RECEIVED)
    return (uploads.read(TESS, ids[0], at=RECEIVED) if ids else None), problems


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"%PDF-1.7 ...", "application/pdf", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n...", "image/png", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0...", "image/jpeg", id="jpeg"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(draft, content, kind):
    kept, problems = keep(draft, "anything.exe", content)
    assert (kept.media_type, kept.content, problems) == (kind, content, [])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<svg onload=alert(1)>", id="svg"),
        pytest.param(b"<html>", id="html"),
        pytest.param(b"GIF89a", id="gif"),
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-" + b"0" * uploads.LARGEST, id="one-byte-too-large-and-more"),
    ],
)
def test_anything_else_is_refused_at_its_question_without_its_name(draft, content):
    kept, (problem,) = keep(draft, "jo-bloggs-report.pdf", content)
    assert kept is None
    assert (problem.where, "bloggs" in problem.message) == ("/documents", False)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("C:\\Users\\head\\report.pdf", "report.pdf", id="windows-path"),
        pytest.param("../../etc/passwd", "passwd", id="path"),
        pytest.param('a"; filename="b.exe', "a_filename_b.exe", id="header"),
        pytest.param("Nguyễn.pdf", "Nguy_n.pdf", id="letters"),
        pytest.param("...", "file", id="dots"),
        pytest.param(None, "file", id="none"),
    ],
)
def test_a_name_is_made_safe_for_headers_and_folders(draft, name, safe):
    kept, _ = keep(draft, name, b"%PDF-1.4")
    assert kept.safe_name == safe


def test_another_organisation_finds_no_such_file(draft):
    kept, _ = keep(draft, "one.pdf", b"%PDF-1.4")
    with pytest.raises(NotFound):
        uploads.read(partner(organisation="police", account="constable"), kept.id, at=RECEIVED)


def test_the_files_of_a_page_are_named_in_their_order(draft):
    first, second = keep(draft, "one.pdf", b"%PDF-1")[0], keep(draft, "two.pdf", b"%PDF-2")[0]
    programme = programme_of()
    form = programme.forms[programme.pathway.intake.form]
    named = uploads.named(TESS, form, "documents", {"documents": [second.id, first.id]})
    assert [one.name for one in named["documents"]] == ["two.pdf", "one.pdf"]


def test_that_a_file_was_read_is_recorded(draft):
    kept, _ = keep(draft, "one.pdf", b"%PDF-1.4")
    (view,) = views.of_record(system_viewer(DERBY), "file", kept.id).rows
    assert (view.account, view.at) == (TESS.account, RECEIVED)
