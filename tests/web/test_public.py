import re

import pytest
from tests.services.builders import publish_shipped
from tests.web.desk import application, staff_member
from tests.web.partners import Partner
from tests.web.plain_browser import Browser


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def anybody(app, database):
    publish_shipped()
    return Browser(app)


def test_the_start_page_names_the_programmes_and_the_ways_in(anybody):
    anybody.open("/")
    for words in ("Priority Families", "Families First", "Sign in as council staff", "999"):
        assert words in anybody.words


def test_who_is_signed_in_starts_at_their_own_page(anybody, app):
    tess = Partner(app)
    tess.open("/")
    assert tess.where == "/partner"
    assert staff_member(app).client.get("/").location == "/desk"


def test_before_starting_one_reads_what_it_takes_and_whom_to_ring(anybody):
    anybody.open("/start/derby-city/derby")
    words = anybody.words
    assert words.index("999") < words.index("01632 960111") < words.index("Tell us only what you already know")


@pytest.mark.parametrize("name", ["privacy", "accessibility", "cookies"])
def test_notices_are_the_authoritys(anybody, name):
    assert anybody.open(f"/notices/derby-city/{name}").status_code == 200
    assert "Derby City Council" in anybody.words


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/notices/derby-city/nothing", id="no-such-notice"),
        pytest.param("/notices/nowhere/privacy", id="no-such-authority"),
        pytest.param("/start/derby-city/nothing", id="no-such-programme"),
        pytest.param("/nothing/at/all", id="no-such-address"),
        pytest.param("/logo/northmoor/families-first/0.svg", id="no-such-logo"),
    ],
)
def test_what_is_not_there_is_a_page_for_people(anybody, path):
    page = anybody.open(path)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Page not found" in anybody.words
    assert "Go to your start page" in anybody.words


def test_a_theme_is_a_stylesheet_of_its_colours_alone(anybody):
    page = anybody.open("/theme/derby-city/derby/x.css")
    assert page.mimetype == "text/css"
    assert re.fullmatch(r":root\{(--fd-[a-z-]+:#[0-9a-f]{6};)+\}\n", page.text)
    assert "--fd-accent:#1f4378;" in page.text


def test_a_language_is_remembered(anybody):
    anybody.open("/notices/derby-city/privacy")
    assert '<html lang="en"' in anybody.page.text
    anybody.send(
        "/language", [("csrf_token", anybody.token()), ("language", "cy"), ("here", "/notices/derby-city/privacy")]
    )
    assert anybody.where == "/notices/derby-city/privacy"
    assert '<html lang="cy"' in anybody.page.text
    assert "cyngor yn defnyddio" in anybody.words


@pytest.mark.parametrize(
    "here", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "elsewhere"]
)
def test_choosing_a_language_leads_nowhere_else(anybody, here):
    anybody.open("/")
    told = {"csrf_token": anybody.token(), "language": "cy", "here": here}
    assert anybody.client.post("/language", data=told).location == "/"


def test_health_is_told_to_monitors(anybody):
    page = anybody.open("/health")
    assert (page.status_code, page.json["database"]) == (200, True)


@pytest.mark.parametrize(
    "path", ["/", "/start/derby-city/derby", "/sign-in/partner", "/nothing", "/api/v1/openapi.json"]
)
def test_every_answer_lets_only_our_own_files_run(anybody, path):
    page = anybody.open(path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store"
    if page.mimetype == "text/html":
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", page.text)


def test_a_form_without_its_token_is_refused_in_words(anybody):
    page = anybody.client.post("/language", data={"language": "cy"})
    assert page.status_code == 400
    assert "Go back, reload it" in page.text
