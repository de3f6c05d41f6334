"""A configurer who has no mouse: Tab, Enter, Space, arrows and letters are all that reaches the rule editors."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

from frontdoor.domain.rules.dialect.drafts import Draft

ACTIVE = """() => { const one = document.activeElement;
  return {id: one.id, tag: one.tagName, type: one.type || '', role: one.getAttribute('role') || '',
          name: one.name || '', value: one.value || '', text: one.innerText || ''}; }"""
# The place of an option in a list, as a person counts it, and how it reads.
OPTION = """([id, value]) => { const list = document.getElementById(id + '-select') || document.getElementById(id);
  const all = [...list.options]; const at = all.findIndex(one => one.value === value);
  return [at, at < 0 ? '' : all[at].text]; }"""
MOST = 700  # presses of Tab on one page

Wanted = Mapping[str, Sequence[str]]


class Hands:
    """Two hands on a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def active(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(ACTIVE)
        return found

    def tab_to(self, **wanted: str) -> dict[str, str]:
        """Press Tab until the focus is where all of these are so; a `text` need only begin so."""
        for _ in range(MOST):
            self.press("Tab")
            here = self.active()
            if all(here[key].strip().startswith(one) if key == "text" else here[key] == one
                   for key, one in wanted.items()):  # fmt: skip
                return here
        raise AssertionError(f"the focus never comes to {wanted} on {self.page.url}")

    def follows(self, words: str) -> None:
        """Follow a link."""
        self.tab_to(tag="A", text=words)
        self.enters()

    def enters(self) -> None:
        """Press Enter and wait for the page that comes."""
        with self.page.expect_navigation(wait_until="load"):
            self.press("Enter")

    def pushes(self, value: str, name: str = "press") -> None:
        """Push a submit button; one that is folded away is unfolded first."""
        button = self.page.locator(f"button[name='{name}'][value='{value}']:not([aria-hidden])").last
        assert button.count(), f"no button {value} on {self.page.url}"
        folded = button.locator("xpath=ancestor::details[not(@open)][1]")
        if folded.count():
            for _ in range(MOST):
                self.press("Tab")
                if self.page.evaluate("([one]) => document.activeElement.parentElement === one",
                                      [folded.element_handle()]):  # fmt: skip
                    break
            self.press("Enter")
        self.tab_to(tag="BUTTON", name=name, value=value)
        self.enters()

    def fills(self, wanted: Wanted) -> None:
        """Go down the page once and fill in every one of these boxes, by id."""
        left = dict(wanted)
        for _ in range(MOST):
            if not left:
                return
            self.press("Tab")
            here = self.active()
            if here["id"] in left:
                self.fill(here, left.pop(here["id"]))
        raise AssertionError(f"the focus never comes to {sorted(left)} on {self.page.url}")

    def fill(self, here: dict[str, str], values: Sequence[str]) -> None:
        """Fill in the box that has the focus."""
        if here["tag"] == "SELECT":
            self.press("Home")
            at, words = self.page.evaluate(OPTION, [here["id"], values[0]])
            assert at >= 0, f"{values} is not offered in {here['id']}"
            for _ in range(at):
                self.press("ArrowDown")
        elif here["role"] == "combobox":
            at, words = self.page.evaluate(OPTION, [here["id"], values[0]])
            assert at >= 0, f"{values} is not offered in {here['id']}"
            self.press("ControlOrMeta+a")
            self.page.keyboard.type(words)
            self.choose(here["id"], words)
        elif here["type"] == "radio":
            self.press("Space")
            if here["value"] != values[0]:
                self.press("ArrowDown")
        elif here["type"] == "checkbox":
            self.press("Space")
        else:
            self.press("ControlOrMeta+a")
            self.page.keyboard.type("\n".join(values))

    def choose(self, box: str, words: str) -> None:
        """Go down the list that opened under a box to the entry that reads so, and choose it; the first is lit."""
        listed = self.page.locator(f"[id='{box}__listbox'] li[role=option]")
        listed.filter(has_text=words).first.wait_for()
        there = listed.evaluate_all("all => all.map(one => one.firstChild.textContent)")
        assert words in there, f"{words} is not among {there}"
        for _ in range(there.index(words)):
            self.press("ArrowDown")
        self.press("Enter")

    def ids(self) -> set[str]:
        """The ids of everything on the page."""
        return set(self.page.evaluate("() => [...document.querySelectorAll('[id]')].map(one => one.id)"))

    def held(self, name: str) -> str | None:
        """What a hidden field of the page holds."""
        found = self.page.locator(f"input[name='{name}']")
        return found.first.get_attribute("value") if found.count() else None


def builds(hands: Hands, paper: Draft, at: str = "c") -> None:
    """Build a condition to look like the one on paper: its clauses first, then what is in their boxes."""
    _shapes(hands, paper, at)
    wanted = _boxes(paper, at)
    while wanted:
        there = hands.ids()
        now = {where: values for where, values in wanted.items() if where in there}
        assert now, f"{sorted(wanted)} never appear"
        hands.fills(now)
        hands.pushes("")
        wanted = {where: values for where, values in wanted.items() if where not in now}


def _shapes(hands: Hands, paper: Draft, at: str) -> None:
    if hands.held(f"{at}.kind") != paper.kind:
        hands.pushes(f"{at}:as_{paper.kind}")
    if paper.kind == "test" and paper.parts:
        hands.fills({f"{at}-subject": paper.boxes["subject"]})
        hands.pushes("")
    for place, part in enumerate(paper.parts, start=1):
        if hands.held(f"{at}.{place}.kind") is None:
            hands.pushes(f"{at}:add_{part.kind}")
        _shapes(hands, part, f"{at}.{place}")


def _boxes(paper: Draft, at: str) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {f"{at}-{name}": values for name, values in paper.boxes.items() if any(values)}
    for place, part in enumerate(paper.parts, start=1):
        found |= _boxes(part, f"{at}.{place}")
    return found


def fields(boxes: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """The boxes of an entry by the ids of their controls, those that may be filled in."""
    return {re.sub("/", "-", name): tuple(values) for name, values in boxes.items()}
