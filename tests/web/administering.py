"""The whole application on the real database, the shipped release in it, and people to be signed in as."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pymongo.database import Database
from werkzeug.test import TestResponse

from frontdoor import clock, packs_dir, settings
from frontdoor.app import create_app
from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import Account
from frontdoor.services import load
from frontdoor.store import accounts, connection

DERBY = "derby-city"
INSIDE = system_viewer(DERBY)
LOCAL_MIN = "/rules/eligibility/parameters/local_min/value"
ENVIRONMENT = {
    "FRONTDOOR_SECRET_KEY": "s" * 40,
    "FRONTDOOR_ENCRYPTION_KEY": "A" * 43 + "=",
    "FRONTDOOR_SMTP_HOST": "127.0.0.1",
    "FRONTDOOR_BASE_URL": "http://localhost",
}


@pytest.fixture(scope="module")
def application(mongo_uri: str, database_name: str) -> Iterator[Flask]:
    """A demonstration: people are signed in by a button."""
    told = {"MONGODB_URI": mongo_uri, "FRONTDOOR_DATABASE": database_name, "FRONTDOOR_DEMO": "1"}
    app = create_app(settings.read({**ENVIRONMENT, **told}))
    app.testing = True
    connection.ensure_indexes()
    yield app
    connection.close()


@pytest.fixture
def site(application: Flask, database: Database[dict[str, Any]]) -> Flask:
    """The application with an empty database but for the shipped release."""
    load.load_shipped(packs_dir(), "1.0", at=clock.now())
    return application


class Person:
    """Somebody with a browser."""

    def __init__(self, app: Flask, account: Account | None = None) -> None:
        self.browser: FlaskClient = app.test_client()
        self.account = account
        if account is not None:
            assert self.post(f"/sign-in/demo/{account.id}", page="/").status_code == 303

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.browser.get(address, **more)

    def post(self, address: str, page: str = "", **fields: Any) -> TestResponse:
        """Fill in the form of a page (its own address unless told) and send it, hidden fields included."""
        shown = self.browser.get(page or address).text
        return self.browser.post(address, data={**hidden(shown, address), **fields})


@pytest.fixture
def people(site: Flask) -> Callable[..., Person]:
    """Sign somebody in by role: `people("configurer")`."""

    def signed_in(role: str = "", name: str = "", **more: Any) -> Person:
        if not role:
            return Person(site)
        fields = {"roles": (role,), "kind": "staff", **more}
        account = Account(
            f"{role}-{name}", DERBY, email=f"{role}.{name or 'one'}@council.example", name=name or role.title(),
            created_at=clock.now(), **fields,
        )  # fmt: skip
        return Person(site, accounts.add(INSIDE, account))

    return signed_in


def hidden(page: str, action: str = "") -> dict[str, str]:
    """Return the hidden fields of the form that is sent to an address, else of the last form without one."""
    forms = re.findall(r"<form([^>]*)>(.*?)</form>", page, re.DOTALL)
    posted = [(tag, inside) for tag, inside in forms if 'method="post"' in tag]
    mine = [inside for tag, inside in posted if f'action="{action}"' in unescape(tag)]
    mine = mine or [inside for tag, inside in posted if "action=" not in tag] or [inside for _, inside in posted]
    found = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', mine[-1]) if mine else ():
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name is not None
        assert value is not None
        found[name[1]] = unescape(value[1])
    return found


def problems_shown(page: str) -> dict[str, str]:
    """Return {id: message} of the error summary; every link must lead to a control of the page."""
    assert re.search(r"<title>\s*Error:", page), "the title does not begin with Error:"
    summary = re.search(r'<div class="govuk-error-summary".*?</ul>', page, re.DOTALL)
    assert summary is not None
    found = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary[0]))
    assert all(f'id="{control}"' in page for control in found)
    return found
