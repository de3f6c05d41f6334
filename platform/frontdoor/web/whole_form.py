"""A whole form in one, for whoever types a paper form back in: every page drawn, one below the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.model import Page
from frontdoor.domain.forms.tidy import tidied
from frontdoor.services.filling import Filling
from frontdoor.services.uploads import Kept
from frontdoor.web.filling_page import Shown, drawn, page_of
from frontdoor.web.page_conditions import told


@dataclass(frozen=True)
class Sheet:
    """One page of the form on the one long page: `asked` is false where no answer leads to it so far."""

    page: Page
    shown: Shown
    asked: bool


def sheets(
    filling: Filling, problems: Sequence[Problem], files: Mapping[str, Mapping[str, list[Kept]]], language: str
) -> list[Sheet]:
    """Return every page in order with what was typed on it last; each problem stands on the page it is about."""
    found: list[Sheet] = []
    for page in filling.form.pages.values():
        mine = [problem for problem in problems if page_of(filling.form, problem) == page.id]
        shown = drawn(filling, page.id, mine, files.get(page.id, {}), language)
        found.append(Sheet(page, shown, filling.shown.page_shown(page.id)))
    return found


def conditions_of(filling: Filling) -> dict[str, Any]:
    """Return what a browser needs to show and hide the questions and the pages of the whole form."""
    return told(filling.form, filling.form.pages, tidied(filling.form, filling.draft.answers).answers, filling.as_of)
