"""Writing answers into a form in the browser, whatever the device: one page after the other, as a person goes."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

Answers = Mapping[str, Any]


def fill_in(page: Page, answers: Answers) -> None:
    """Answer every page of a form until it shows everything again to be checked."""
    for _ in range(60):
        if re.search(r"/check(\?|$)", page.url):
            return
        fill_page(page, answers)
    raise AssertionError(f"the form does not end; it stays on {page.url}")


def fill_page(page: Page, answers: Answers) -> None:
    """Answer what this page asks, with what its answers make it ask besides, and go on."""
    before = page.url.split("?")[0].split("#")[0]
    write(page, answers)
    go_on(page)
    if page.url.split("?")[0] == before and "more=" in page.url:  # without a script the rest is asked now
        write(page, answers)
        go_on(page)
    summary = page.locator(".govuk-error-summary")
    assert not summary.count(), f"{page.url} refuses: {summary.inner_text()}"


def go_on(page: Page) -> None:
    """Press "Save and continue"."""
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_load_state()


def write(page: Page, answers: Answers) -> None:
    """Answer the questions that are asked, again and again until no more of them appear."""
    written: set[str] = set()
    while True:
        new = [name for name in _asked(page) if name not in written and name in answers]
        if not new:
            return
        name = new[0]
        _write_one(page, page.locator(f'[data-question="{name}"]:not([data-row])'), answers[name])
        written.add(name)


def _asked(page: Page) -> list[str]:
    """The ids of the questions in sight, in order; those inside the rows of a group belong to the group."""
    found = page.locator("[data-question]:not([data-row]):visible")
    return [one.get_attribute("data-question") or "" for one in found.all()]


def _write_one(page: Page, question: Locator, value: Any) -> None:
    if isinstance(value, Path):
        question.locator("input[type=file]").set_input_files(value)
    elif _is_group(value):
        _write_rows(page, question, value)
    elif isinstance(value, list):
        for one in value:
            _tick(question, one)
    elif isinstance(value, Mapping):
        for part, text in value.items():
            question.locator(f"[name$='-{part}']").fill(text)
    else:
        _say(page, question, value)


def _say(page: Page, question: Locator, value: Any) -> None:
    """Answer with one thing, on whatever control the question has."""
    if question.locator(".govuk-date-input").count():
        _write_date(question, value)
    elif question.locator("input[type=radio]").count():
        said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        question.locator(f"input[type=radio][value='{said}']").check()
    elif question.locator("select").count():
        _choose(page, question, value)
    else:
        question.locator("input[type=text], input[type=tel], input[type=email], textarea").fill(str(value))


def _is_group(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _tick(question: Locator, choice: str) -> None:
    """Tick a box by its code, or by the words beside it (the names of members)."""
    coded = question.locator(f"input[type=checkbox][value='{choice}']")
    (coded if coded.count() else question.get_by_label(choice)).check()


def _choose(page: Page, question: Locator, code: str) -> None:
    """Choose from a list; a script has made a long one into a box to type in."""
    box = question.locator(".autocomplete__input")
    if not box.count():
        question.locator("select").select_option(code)
        return
    words = question.locator(f"select option[value='{code}']").inner_text()
    box.fill(words)
    question.locator(".autocomplete__option").first.wait_for()
    question.locator(".autocomplete__option", has_text=words).first.click()
    page.keyboard.press("Tab")


def _write_date(question: Locator, value: str) -> None:
    if value == "unknown":
        question.get_by_label("I don\u2019t know").check()
        return
    parts = dict(zip(("year", "month", "day"), value.split("-"), strict=False))
    for part, text in parts.items():
        question.locator(f"[name$='-{part}']").fill(str(int(text)))


def _write_rows(page: Page, question: Locator, rows: Sequence[Answers]) -> None:
    name = question.get_attribute("data-question")
    for place, row in enumerate(rows):
        cards = page.locator(f'[data-question="{name}"] .fd-row')
        if cards.count() <= place:
            page.locator(f"button[name=add][value='{name}']").click()
            page.wait_for_load_state()
        card = cards.nth(place)
        for inner, value in row.items():
            asked = card.locator(f'[data-question="{inner}"]')
            if asked.is_visible():
                _write_one(page, asked, value)
