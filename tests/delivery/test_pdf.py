import base64
import html
import http.server
import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pypdf
import pytest
from tests.delivery.six_pages import PAGES, printout

import frontdoor
from frontdoor.delivery import layout, pdf
from frontdoor.delivery.layout import Sheet
from frontdoor.domain.printout import LARGEST, Answer, Answers, Part, Printout, Table, TooLongToPrint, Words

FONTS = Path(frontdoor.__file__).parent / "web" / "static" / "fonts"
ORIGINAL = "https://door.example/cases/FD-1234-5678-9/submissions/abc/print"
SHEET = Sheet(accent="#1f4378", header="Mawndir Council", footer="Ring 01632 960111")
SECRET = "top-secret-words-of-a-file"
OUTLINE = {
    "en": ["Early help assessment", *(title["en"] for title in PAGES.values()), "Steps", "Signatures"],
    "cy": ["Asesiad cymorth cynnar", *(title["cy"] for title in PAGES.values()), "Camau", "Llofnodion"],
}


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def titles(outline) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield str(entry["/Title"])


@pytest.fixture(scope="module", params=["en", "cy"])
def assessment(request):
    made = pdf.made(printout(request.param), SHEET, fonts=FONTS, original=ORIGINAL)
    return request.param, read(made)


def test_an_assessment_of_six_pages_says_everything_on_six_pages(assessment):
    language, reader = assessment
    text = text_of(reader)
    assert len(reader.pages) == 6
    for part in printout(language).parts:
        for block in part.blocks:
            for line in block.lines if isinstance(block, Answers) else ():
                assert line.label in text
    assert "Nguyễn" in text
    assert ("tŷ ac ŷd, Ŵyn, Ŷd, âêîôû" in text) == (language == "cy")


def test_every_page_carries_reference_marking_and_its_number_of_all(assessment):
    language, reader = assessment
    page, of, marking = {"en": ("Page", "of", "Restricted"), "cy": ("Tudalen", "o", "Cyfyngedig")}[language]
    for place, sheet in enumerate(reader.pages, start=1):
        text = " ".join(sheet.extract_text().split())
        assert f"{page} {place} {of} 6" in text
        assert marking in text
        assert "FD-1234-5678-9" in text


def test_its_headings_are_its_outline_and_title_and_language_are_told(assessment):
    language, reader = assessment
    assert list(titles(reader.outline)) == OUTLINE[language]
    assert reader.metadata.title == f"{OUTLINE[language][0]}, FD-1234-5678-9"
    assert reader.trailer["/Root"]["/Lang"] == language


def test_the_first_page_says_where_the_accessible_page_is(assessment):
    _, reader = assessment
    assert ORIGINAL in "".join(reader.pages[0].extract_text().split())
    links = [one.get_object() for one in reader.pages[0]["/Annots"]]
    assert [link["/A"]["/URI"] for link in links] == [ORIGINAL]


def test_whatever_is_printed_is_in_an_embedded_typeface(assessment):
    _, reader = assessment
    used: dict[str, bool] = {}

    def note(text, _matrix, _at, font, _size):
        if text.strip() and font:
            told = font.get("/FontDescriptor") or {}
            used[str(font["/BaseFont"])] = "/FontFile2" in told

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert used
    assert all(used.values()), used
    assert {name.partition("+")[2].partition("-")[0].replace(" ", "") for name in used} <= {
        "AtkinsonHyperlegibleNext", "NotoSans",
    }  # fmt: skip


def test_a_letter_that_no_typeface_has_is_shown_to_be_missing_and_the_page_says_so():
    made = printout("en", about=(("Family", "漢字 Жук"),))
    text = text_of(read(pdf.made(made, SHEET, fonts=FONTS, original=ORIGINAL)))
    assert "\ufffd\ufffd Жук" in text
    assert "Some letters cannot be printed here" in text


def test_the_page_says_the_same_as_the_pdf(assessment):
    language, reader = assessment
    page, text = html.unescape(layout.page(printout(language))), text_of(reader)
    for part in printout(language).parts:
        assert part.title in page
        assert part.title in text
    assert "<h1" in page
    assert '<th scope="col"' in page


def test_a_table_of_three_hundred_rows_is_made_and_repeats_its_head_on_each_page():
    rows = tuple((f"Row {n}", f"Step {n}", "Gwyneth") for n in range(1, 301))
    made = printout("en", parts=(Part("Plan", (Table("Steps", ("", "Step", "Who does it"), rows),)),), signed_by=())
    reader = read(pdf.made(made, SHEET, fonts=FONTS, original=ORIGINAL))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "Step 300 Gwyneth" in pages[-1]
    assert [page for page in pages if "Row" in page and "Who does it" not in page] == []


def test_an_answer_longer_than_a_page_breaks_across_pages():
    made = printout("en", parts=(Part("All", (Answers((Answer("Said", "word " * 3000 + "LAST"),)),)),))
    assert "LAST" in text_of(read(pdf.made(made, SHEET, fonts=FONTS, original=ORIGINAL)))


def test_more_than_a_pdf_may_hold_is_refused_and_the_page_offered():
    long = printout("en", parts=(Part("All", (Words(("x" * (LARGEST + 1),)),)),))
    with pytest.raises(TooLongToPrint, match="Read it as a page"):
        pdf.made(long, SHEET, fonts=FONTS, original=ORIGINAL)
    assert "x" * 100 in layout.page(long)


@pytest.mark.parametrize(
    "logo",
    [
        pytest.param("no drawing at all", id="words"),
        pytest.param('<svg xmlns="http://www.w3.org/2000/svg"></svg>', id="empty"),
        pytest.param('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"><rect width="0"/></svg>', id="flat"),
        pytest.param('<svg xmlns="http://www.w3.org/2000/svg" viewBox="a b"><path d="M"/></svg>', id="broken"),
    ],
)
def test_a_logo_that_cannot_be_drawn_is_left_out_and_nothing_else(logo):
    made = printout("en", parts=(Part("All", (Words(("Kept",)),)),))
    assert "Kept" in text_of(read(pdf.made(made, Sheet(logo=logo), fonts=FONTS, original=ORIGINAL)))


# ── Nothing is fetched ─────────────────────────────────────────────────────────────────────────────────────────────
class _Listening(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def listening():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listening)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", _Listening.asked
    server.shutdown()
    server.server_close()
    thread.join()


_OPENED: list[str] = []
_WATCHING = [False]


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _WATCHING[0] and event == "open":
        _OPENED.append(str(arguments[0]))


sys.addaudithook(_watch)


@pytest.fixture
def opened():
    _OPENED.clear()
    _WATCHING[0] = True
    yield _OPENED
    _WATCHING[0] = False


def payloads(web: str, secret: Path) -> dict[str, str]:
    """Ways to make a document reach for something else: each as HTML."""
    inner = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">\
<rect width="9" height="9"/><image xlink:href="{secret.as_uri()}" width="9" height="9"/>\
<image href="{web}/svg" width="9" height="9"/></svg>'
    drawing = f"data:image/svg+xml;base64,{base64.b64encode(inner.encode()).decode()}"
    up = "../" * 12 + str(secret).lstrip("/")
    sheet = f"@page {{background-image: url({web}/page.pdf)}} @page other {{background-image: url({secret})}}"
    faces = f"@font-face {{font-family: X; src: url({web}/a.ttf)}} @font-face {{font-family: Y; src: url({up})}}"
    code = "[[[getattr(pow, Word('__globals__'))['os'].system('touch /tmp/x')]]]"
    return {
        "img http": f'<img src="{web}/img">',
        "img file": f'<img src="{secret.as_uri()}">',
        "img path": f'<img src="{secret}">',
        "img traversal": f'<img src="{up}">',
        "img svg": f'<img src="{drawing}">',
        "svg": inner,
        "link": f'<link rel="stylesheet" href="{web}/css"><link rel="stylesheet" href="{secret.as_uri()}">',
        "import": f'<style>@import url({web}/import); @import "{secret.as_uri()}"; @import url({up});</style>',
        "background": f'<div style="background-image: url({web}/bg)">x</div><p style="background: url({secret})">x</p>',
        "font": f'<style>{faces}</style><p style="font-family: X">x</p><p style="font-family: Y">x</p>',
        "page": f"<style>{sheet}</style>",
        "object": f'<object data="{web}/object"></object><embed src="{web}/embed"><iframe src="{web}/frame"></iframe>',
        "base": f'<base href="{web}/"><img src="base.png">',
        "pdf tags": f'<pdf:insert src="{secret}"/><pdf:pdf name="{secret}"/>',
        "entity": f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>&x;</p>',
        "code": f'<para><font color="{code}">x</font></para>',
    }


NAMES = sorted(payloads("", Path("/a")))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_reaches_for_nothing_outside_the_fonts_even_if_markup_got_in(name, listening, opened, tmp_path):
    web, asked = listening
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    markup = f"<html><body><p>Kept</p>{payloads(web, secret)[name]}</body></html>"
    opened.clear()
    text = text_of(read(pdf.rendered(markup, FONTS)))
    assert asked == []
    assert [path for path in opened if path.startswith(str(tmp_path))] == []
    assert SECRET not in text


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_answers_titles_and_words_is_printed_as_it_was_typed(name, listening, opened, tmp_path):
    web, asked = listening
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    hostile = payloads(web, secret)[name]
    opened.clear()
    made = Printout(
        title=hostile, reference="FD-1", language="en", authority=hostile, marking="",
        parts=(Part(hostile, (Answers((Answer(hostile, hostile),)), Words((hostile,)))),), signed_by=(hostile,),
    )  # fmt: skip
    sheet = Sheet(header=hostile, footer=hostile, logo=hostile)
    text = "".join(text_of(read(pdf.made(made, sheet, fonts=FONTS, original=ORIGINAL))).split())
    assert asked == []
    assert [path for path in opened if path.startswith(str(tmp_path))] == []
    assert "".join(hostile.split())[:20] in text
    assert "<img" not in layout.page(made)
    assert "<script" not in layout.page(made)
