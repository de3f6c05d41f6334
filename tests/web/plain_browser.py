"""A browser without JavaScript: it reads a page's forms as HTML says and sends what a press of a button would send."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

VOID = {"input", "br", "img", "meta", "link", "hr"}


@dataclass
class Control:
    """One control of a form: what it would send, and whether it is sent unless somebody changes it."""

    kind: str
    name: str
    value: str = ""
    on: bool = True
    disabled: bool = False
    id: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def names(self) -> set[str]:
        return {one.name for one in self.controls if not one.disabled}


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.open: list[tuple[str, bool]] = []  # tag, disabled
        self.text: Control | None = None
        self.select: Control | None = None

    @property
    def disabled(self) -> bool:
        return any(disabled for _, disabled in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get")))
        elif self.forms and any(one == "form" for one, _ in self.open):
            self._control(tag, told)
        if tag not in VOID:
            self.open.append((tag, tag == "fieldset" and "disabled" in told))

    def _control(self, tag: str, told: dict[str, str]) -> None:
        disabled = self.disabled or "disabled" in told
        name, value, known = told.get("name", ""), told.get("value", ""), told.get("id", "")
        if tag == "option" and self.select is not None:
            self.select.choices.append(value)
            if "selected" in told or len(self.select.choices) == 1:
                self.select.value = value
        elif tag in ("input", "button", "select", "textarea"):
            kind = told.get("type", "text") if tag == "input" else tag
            on = "checked" in told if kind in ("radio", "checkbox") else tag != "button"
            control = Control(kind, name, value, on, disabled, known)
            self.forms[-1].controls.append(control)
            self.select = control if tag == "select" else None
            self.text = control if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.value += data.removeprefix("\n") if not self.text.value else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = None
        while self.open and self.open.pop()[0] != tag:
            pass


class Browser:
    """One person at a browser, on one page at a time."""

    def __init__(self, app: Flask, account: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        self.page: TestResponse
        if account is not None:
            self.open("/")
            self.client.post(f"/sign-in/demo/{account}", data={"csrf_token": self.token()})
            self.open("/")

    def open(self, path: str) -> TestResponse:
        """Go to an address, and where it leads."""
        self.page = self.client.get(path, follow_redirects=True)
        return self.page

    @property
    def where(self) -> str:
        return self.page.request.path

    @property
    def words(self) -> str:
        """The text of the page in one line."""
        text = re.sub(r"<(script|style|head|button).*?</\1>", " ", self.page.text, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(anchor, message) of the error summary."""
        found = re.search(r'class="govuk-error-summary".*?</ul>', self.page.text, flags=re.DOTALL)
        links = re.findall(r'<a href="([^"]*)">(.*?)</a>', found[0]) if found else []
        return [(html.unescape(link).partition("#")[2], html.unescape(message)) for link, message in links]

    def forms(self) -> list[Form]:
        reader = _Forms()
        reader.feed(self.page.text)
        return reader.forms

    def token(self) -> str:
        return next(one.value for form in self.forms() for one in form.controls if one.name == "csrf_token")

    def form(self, button: str | None = None) -> Form:
        """The page's own form: the first in its main part, or the one with a button of this name."""
        main = [form for form in self.forms() if "/language" not in form.action and "/sign-out" not in form.action]
        if button is None:
            return main[0]
        return next(form for form in main if any(one.kind == "button" and one.name == button for one in form.controls))

    def holds(self) -> dict[str, list[str]]:
        """What the page's controls hold now, as a person sees them: of those that are asked."""
        return {name: [value for one, value in sent(self.form()) if one == name] for name in self.form().names()}

    def press(self, answers: dict[str, Any] | None = None, *, button: tuple[str, str] = ("", ""), **more: Any) -> Any:
        """Type `answers` over what the page holds, press a button and follow. A list ticks boxes; None unticks all."""
        form = self.form()
        typed = {**(answers or {}), **more}
        unknown = set(typed) - form.names()
        assert not unknown, f"not asked on {self.where}: {sorted(unknown)}"
        fields = [(name, value) for name, value in sent(form) if name not in typed]
        for name, value in typed.items():
            values = value if isinstance(value, list) else [] if value is None else [value]
            fields += [(name, one) for one in values]
        if button[0]:
            fields.append(button)
        return self.send(form.action, fields)

    def send(self, path: str, fields: list[tuple[str, Any]]) -> TestResponse:
        """Post fields to an address as they are, and follow."""
        data: dict[str, list[Any]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(
                FileStorage(BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value
            )
        stream, _, boundary = stream_encode_multipart(data, use_tempfile=False)
        self.page = self.client.post(
            path or self.where,
            data=stream.read(),
            content_type=f"multipart/form-data; boundary={boundary}",
            follow_redirects=True,
            headers={"Origin": "http://localhost"},
        )
        return self.page


def sent(form: Form) -> Iterator[tuple[str, str]]:
    """What a browser sends of a form as it stands, without its buttons and files."""
    for one in form.controls:
        if one.name and one.on and not one.disabled and one.kind not in ("button", "file"):
            yield one.name, one.value
