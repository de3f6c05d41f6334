"""The application over the real database, with somebody signed in to it, as the front door's tests need them."""

import html
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from tests.services.builders import DERBY, RUNNING
from werkzeug.test import TestResponse

from frontdoor import clock
from frontdoor.app import create_app
from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import Account
from frontdoor.settings import Settings
from frontdoor.store import accounts, connection


def settings(mongo_uri: str, database: str) -> Settings:
    return Settings(
        mongodb_uri=mongo_uri,
        database=database,
        secret_key="s" * 40,
        encryption_key=Fernet.generate_key().decode(),
        base_url="http://localhost",
        host="127.0.0.1",
        port=8000,
        demo=True,
        data_dir=Path("/nowhere"),
        smtp_host="",
        smtp_port=25,
        smtp_tls="none",
        smtp_user="",
        smtp_password="",
        mail_from="door@example.org",
        sign_in_tries=5,
        sign_in_wait=900,
        session_idle=1800,
    )


def application(mongo_uri: str, database: str) -> Flask:
    app = create_app(settings(mongo_uri, database))
    connection.ensure_indexes()
    app.testing = True
    return app


class Person:
    """Somebody at a browser without JavaScript."""

    def __init__(self, app: Flask, role: str, authority: str, name: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.account = f"{authority}-{role}-{name}".replace(" ", "-").lower()
        accounts.add(
            system_viewer(authority),
            Account(self.account, authority, "staff", f"{self.account}@example.org", name, roles=(role,)),
        )
        assert self.post(f"/sign-in/demo/{self.account}", page="/").status_code == 303

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.client.get(path, query_string=query or None)

    def read(self, path: str, **query: Any) -> str:
        """The words of a page, which has to be there."""
        page = self.get(path, **query)
        assert page.status_code == 200, page.text
        return words(page)

    def post(self, path: str, data: Mapping[str, Any] | None = None, *, page: str = "/account") -> TestResponse:
        """Send a form as its own page makes it: with the token that the page carries."""
        token = hidden(self.client.get(page).text, "csrf_token")
        return self.client.post(path, data={"csrf_token": token, **(data or {})})

    def send(self, path: str, data: Mapping[str, Any]) -> TestResponse:
        """Open a page with a form and send the form, the hidden fields of the page included."""
        page = self.client.get(path).text
        kept = {name: hidden(page, name) for name in ("revision", "seen") if f'name="{name}"' in page}
        return self.post(path, {**kept, **data}, page=path)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden {name} on the page"
    return html.unescape(found.group(1))


def words(page: TestResponse) -> str:
    """The text of a page, in one line."""
    text = re.sub(r"<(script|style|head).*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def ago(**delta: float) -> datetime:
    """Some time before now, to the second."""
    return clock.now().replace(microsecond=0) - timedelta(**delta)


def staff_member(
    app: Flask, role: str = "front_door_officer", *, authority: str = DERBY, name: str = "Olive Officer"
) -> Person:
    assert authority in RUNNING
    return Person(app, role, authority, name)
