"""What of a configuration can be changed one value at a time: thresholds, wording, clocks, colours, letters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from frontdoor.domain.canonical import Path, pointer
from frontdoor.domain.overlay import Origin
from frontdoor.domain.text import Text, say

GROUPS = ("parameters", "clocks", "outcomes", "questions", "letters", "notices", "words", "colours")
FONTS = ("atkinson-hyperlegible", "system")  # those that the platform ships
_LONGEST_CLOCK = 1000  # of its unit; a clock of years is a slip of the finger


@dataclass(frozen=True)
class Setting:
    """One value that may be changed: `kind` is integer, number, boolean, choice, choices, list, colour or text.

    `group` is one of GROUPS; `about` says in the pack's words what the value belongs to; `part` is a code for which of
    its texts this is (`staff`, `label`, `body`, `""`), `language` its language; `bounds` {min, max} or {options};
    `origin` who set it last and why; `keeper` the owner that lets nobody here change it, or `""`.
    """

    pointer: str
    group: str
    kind: str
    label: str
    about: str
    value: Any
    part: str = ""
    language: str = ""
    unit: str = ""
    bounds: Mapping[str, Any] | None = None
    source: str = ""
    origin: Origin | None = None
    keeper: str = ""


def listed(documents: Mapping[str, Any], language: str) -> Iterator[Setting]:
    """Yield every setting of a configuration tree, in the order of its documents, with labels in `language`."""
    for name, rules in documents.get("rules", {}).items():
        yield from _parameters(name, rules, language)
        yield from _texts_of_decisions(name, rules, language)
    for name, form in documents.get("forms", {}).items():
        yield from _form(("forms", name), form, language)
    yield from _clocks(documents.get("rules", {}).get("clocks", {}), language)
    yield from _theme(documents.get("themes", {}), language)


def _parameters(name: str, rules: Mapping[str, Any], language: str) -> Iterator[Setting]:
    for key, parameter in _in_order(rules.get("parameters", {})):
        yield Setting(
            pointer=pointer(("rules", name, "parameters", key, "value")),
            group="parameters",
            kind=_kind(parameter),
            label=say(parameter["label"], language),
            about=say(rules.get("title", {}), language),
            value=parameter["value"],
            unit=say(parameter.get("unit", {}), language),
            bounds=parameter.get("bounds"),
            source=parameter.get("source", ""),
        )


def _kind(parameter: Mapping[str, Any]) -> str:
    kind = str(parameter["type"])
    if "options" in parameter.get("bounds", {}):
        return "choices" if kind == "list" else "choice"
    return "text" if kind == "string" else kind


def _texts_of_decisions(name: str, rules: Mapping[str, Any], language: str) -> Iterator[Setting]:
    for code, table in rules.get("decisions", {}).items():
        for row_id, row in _in_order(table.get("rows", {})):
            for reader, text in row.get("texts", {}).items():
                at = ("rules", name, "decisions", code, "rows", row_id, "texts", reader)
                label = say(row.get("label", {}), language) or row["reason_code"]
                yield from _text(
                    at, text, Setting("", "outcomes", "", label, say(table["title"], language), "", reader)
                )


def _form(at: Path, form: Mapping[str, Any], language: str) -> Iterator[Setting]:
    title = say(form.get("title", {}), language)
    for part in ("title", "intro"):
        yield from _text((*at, part), form.get(part, {}), Setting("", "questions", "", title, "", "", part))
    for key, page in _in_order(form.get("pages", {})):
        heading = say(page.get("title", {}), language)
        for part in ("title", "intro"):
            yield from _text(
                (*at, "pages", key, part), page.get(part, {}), Setting("", "questions", "", heading, title, "", part)
            )
    yield from _questions(at, form, title, language)


def _questions(at: Path, form: Mapping[str, Any], about: str, language: str) -> Iterator[Setting]:
    for key, question in form.get("questions", {}).items():
        here, ui = (*at, "questions", key), question.get("ui", {})
        label = say(ui.get("label", {}), language)
        asked = Setting("", "questions", "", label, about, "")
        for part in ("label", "hint"):
            yield from _text((*here, "ui", part), ui.get(part, {}), replace(asked, part=part))
        for code, option in _in_order(ui.get("options") or {}):
            said = replace(
                asked, label=say(option.get("label", {}), language), about=f"{about}: {label}", part="option"
            )
            yield from _text((*here, "ui", "options", code, "label"), option.get("label", {}), said)
        yield from _questions(here, question, f"{about}: {label}", language)


def _clocks(document: Mapping[str, Any], language: str) -> Iterator[Setting]:
    for code, clock in _in_order(document.get("clocks", {})):
        if isinstance(clock.get("n"), int | float):
            hours = clock.get("basis") == "elapsed_hours"
            yield Setting(
                pointer=pointer(("rules", "clocks", "clocks", code, "n")),
                group="clocks",
                kind="number" if hours else "integer",
                label=say(clock["label"], language),
                about=str(clock.get("code", code)),
                value=clock["n"],
                unit=str(clock.get("basis", "")),
                bounds={"min": 0, "max": _LONGEST_CLOCK},
            )


def _theme(themes: Mapping[str, Any], language: str) -> Iterator[Setting]:
    for key, value in themes.get("theme", {}).get("colours", {}).items():
        at = pointer(("themes", "theme", "colours", key))
        yield Setting(at, "colours", "colour", _plain(key), "", value)
    yield from _looks(themes.get("theme", {}))
    for key, text in themes.get("words", {}).get("words", {}).items():
        yield from _text(("themes", "words", "words", key), text, Setting("", "words", "", _plain(key), "", ""))
    yield from _leaves(("themes", "notices"), themes.get("notices", {}))
    for name, document in themes.items():
        if name.startswith("letters/"):
            title = say(document["title"], language)
            for part in ("subject", "body"):
                yield from _text(
                    ("themes", name, part), document.get(part, {}), Setting("", "letters", "", title, "", "", part)
                )


def _looks(theme: Mapping[str, Any]) -> Iterator[Setting]:
    """Yield what is seen on each page besides the colours: typeface, name, header and footer."""
    if "font" in theme:
        at, options = pointer(("themes", "theme", "font")), {"options": list(FONTS)}
        yield Setting(at, "colours", "choice", "Font", "", theme["font"], bounds=options)
    for key in ("name", "header"):
        yield from _text(("themes", "theme", key), theme.get(key, {}), Setting("", "colours", "", _plain(key), "", ""))
    footer = theme.get("footer", {}).get("text", {})
    yield from _text(("themes", "theme", "footer", "text"), footer, Setting("", "colours", "", "Footer", "", ""))


def _leaves(at: Path, branch: Mapping[str, Any]) -> Iterator[Setting]:
    for key, value in branch.items():
        here = (*at, key)
        if isinstance(value, str):
            names = [_plain(step) for step in here[2:]]
            yield Setting(pointer(here), "notices", "text", names[-1], ", ".join(names[:-1]), value)
        elif isinstance(value, Mapping) and "en" in value:
            names = [_plain(step) for step in here[2:]]
            yield from _text(here, value, Setting("", "notices", "", names[-1], ", ".join(names[:-1]), ""))
        elif isinstance(value, Mapping):
            yield from _leaves(here, value)


def _text(at: Path, text: Text, like: Setting) -> Iterator[Setting]:
    # Published text is kept in the order of its keys, where Welsh would come first: English, then the others.
    for language, words in sorted(text.items(), key=lambda one: (one[0] != "en", one[0])):
        yield replace(like, pointer=pointer((*at, language)), kind="text", value=words, language=language)


def _in_order(entries: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(entries.items(), key=lambda entry: (entry[1].get("order", 0), entry[0]))


def _plain(key: str) -> str:
    return key.replace("_", " ").capitalize()
