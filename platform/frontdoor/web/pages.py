"""What every page is given: the reader, the authority's looks and numbers, dates in its own time, built files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, url_for
from flask_babel import format_date, format_datetime
from markupsafe import Markup

from frontdoor import clock
from frontdoor.domain.forms import partial_dates
from frontdoor.domain.programme import Programme
from frontdoor.domain.text import Borrowed, like, say
from frontdoor.services import duty, programmes, replay_all, uploads
from frontdoor.web.access import viewer_or_none
from frontdoor.web.fields import BANDS, band_code
from frontdoor.web.languages import LANGUAGES, language

_LONDON = ZoneInfo("Europe/London")


def install(app: Flask) -> None:
    """Register filters and the context of every template."""
    app.jinja_env.filters.update(
        say=spoken,
        instant=instant,
        day=day,
        interval=interval,
        paragraphs=paragraphs,
        groupby_order=in_runs,
        first_two=first_two,
        kept_files=kept_files,
        size=size,
        lines=lines,
        plain=plain,
        lang_of=lang_of,
    )
    app.jinja_env.globals.update(asset=asset, word=word, bands=BANDS, band_code=band_code)
    app.jinja_env.globals.update(duty_waiting=duty_waiting, replay_alarms=replay_alarms)
    app.context_processor(context)


def context() -> dict[str, Any]:
    """Return what the layout needs; a page without a programme in view has the platform's own calm looks."""
    looks = in_view()
    return {
        "viewer": viewer_or_none(),
        "looks": looks,
        "language": language(),
        "languages": LANGUAGES,
        "demo": current_app.config["DEMO"],
        "at": clock.now(),
    }


def look_like(programme: Programme) -> None:
    """Let this page carry a programme's theme, words and notices."""
    g.looks = programme


def in_view() -> Programme | None:
    """Return the programme whose looks this page carries: the one that the view named, else the reader's first."""
    if "looks" not in g:
        reader = viewer_or_none()
        found = programmes.running(reader.authority, clock.now()) if reader else []
        g.looks = found[0] if found else None
    looks: Programme | None = g.looks
    return looks


def asset(name: str) -> str:
    """Return the address of a built file by its plain name, `frontdoor.css`."""
    return url_for("static", filename=_manifest(current_app.static_folder or "")[name])


def spoken(text: Mapping[str, str] | str | None) -> str:
    """Return a pack's text in the reader's language."""
    return text if isinstance(text, str) else say(text or {}, language())


def instant(moment: datetime) -> str:
    """Return an instant as people write it here: "Mon 23 Nov 2026, 08:40"."""
    return str(format_datetime(moment.astimezone(_LONDON), "EEE d MMM yyyy, HH:mm", rebase=False))


def day(moment: date | datetime | str) -> str:
    """Return a day as people write it here: "23 November 2026"."""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment[:10])
    if isinstance(moment, datetime):
        moment = moment.astimezone(_LONDON).date()
    return str(format_date(moment, "d MMMM yyyy"))


def interval(partial: str) -> str:
    """Return a partial date as people read it: "between 24 November 2016 and 23 November 2021"."""
    return partial_dates.shown(partial, language())


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a pack's text, which are separated by blank lines."""
    return [like(text, paragraph.strip()) for paragraph in text.split("\n\n") if paragraph.strip()]


def lines(text: str) -> list[str]:
    """Return the lines of a text, in the language that the text is in."""
    return [like(text, line) for line in text.split("\n")]


def plain(words: str) -> str:
    """Return words without the mark of their language, for where no element may stand: an attribute, an option."""
    return str(words)


def lang_of(words: str) -> Markup:
    """Return the attribute that an element needs whose words are borrowed from another language, else nothing."""
    return Markup(' lang="en"') if isinstance(words, Borrowed) else Markup()


def word(name: str) -> str:
    """Return one of the theme's words, `nominations`, in the reader's language; the platform's own where there is none.

    A council may call a nomination a request: pages say what it says.
    """
    looks = in_view()
    return spoken(looks.words.get(name)) if looks and name in looks.words else name.replace("_", " ")


def in_runs(lines: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Return neighbours that share an attribute together, in the order they stand: unlike `groupby`, never sorted."""
    return [(key, list(run)) for key, run in groupby(lines, key=lambda line: getattr(line, attribute))]


def first_two(option: tuple[str, str, str]) -> tuple[str, str]:
    """Return the value and label of an option, for a control that shows no hints."""
    return option[0], option[1]


def kept_files(file_ids: Sequence[str]) -> list[uploads.Kept]:
    """Return the files of an answer that the reader may read, by name and size."""
    reader = viewer_or_none()
    return uploads.known(reader, file_ids) if reader is not None and file_ids else []


def size(octets: int) -> str:
    """Return the size of a file as people read it: "0.3 MB", "12 KB"."""
    return f"{octets / 1_000_000:.1f} MB" if octets >= 100_000 else f"{max(1, round(octets / 1000))} KB"


def duty_waiting() -> int:
    """Return how many duty alerts wait, for the navigation of whoever may see them."""
    reader = viewer_or_none()
    return duty.count(reader) if reader is not None and reader.may("see_alerts") else 0


def replay_alarms() -> int:
    """Return how many stored decisions differed when they were last replayed, for whoever is told of it."""
    reader = viewer_or_none()
    return replay_all.alarms(reader) if reader is not None else 0


@lru_cache(maxsize=4)
def _manifest(folder: str) -> Mapping[str, str]:
    names: Mapping[str, str] = json.loads((Path(folder) / "manifest.json").read_text("utf-8"))
    return names
