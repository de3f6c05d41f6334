"""Advice on a designed form: plain words, enough help, nothing told by colour alone, nothing asked that nobody uses.

It is advice: none of it keeps a change from being published. Plain wording is measured in English only.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import Path, pointer
from frontdoor.domain.text import Text

Document = Mapping[str, Any]
# GOV.UK writes for a reading age of nine and splits sentences over 25 words; forms of this field need the names of
# services, so the line is drawn higher: the automated readability index of somebody of fourteen.
HARDEST, LONGEST = 9.0, 25  # grade of the index; words of a sentence
FEWEST_MEASURED = 15  # words: of less the index says nothing
MOST_RADIOS, FEWEST_LISTED, MOST_ON_A_PAGE = 8, 5, 10
_COLOUR = re.compile(
    r"\b(red|green|amber|yellow|orange|blue|grey)\s+(box|button|field|line|mark|star|asterisk|text|one|answer|question)",
    re.IGNORECASE,
)
_BLAME = re.compile(r"\b(invalid|illegal|error|wrong|incorrect|failed|not valid)\b", re.IGNORECASE)
_ASKED = frozenset({"radios", "select", "checkboxes", "yes_no", "number", "date", "partial_date"})


@dataclass(frozen=True)
class Advice:
    """One piece of advice: `pointer` in the form, a code, and what to do, by language."""

    pointer: str
    code: str
    told: Text


def advice(document: Document, languages: Collection[str], read: Collection[str]) -> tuple[Advice, ...]:
    """Return advice on a form document in the order of its pages and questions.

    `languages` are those that its owner speaks; `read` the names of questions that something reads, of a row's as
    `group/question`.
    """
    return tuple(_Reading(document, tuple(languages), frozenset(read)).found())


def readability(text: str) -> float:
    """Return the automated readability index of English text: about the school grade that reads it with ease."""
    words = re.findall(r"[\w\u2019'-]+", text)
    if not words:
        return 0.0
    sentences = max(len(re.findall(r"[.!?]+(?:\s|$)", text)), 1)
    characters = sum(len(word) for word in words)
    return 4.71 * characters / len(words) + 0.5 * len(words) / sentences - 21.43


@dataclass(frozen=True)
class _Reading:
    document: Document
    languages: tuple[str, ...]
    read: frozenset[str]

    def found(self) -> Iterator[Advice]:
        pages: Document = self.document.get("pages", {})
        for key in sorted(pages, key=lambda one: (pages[one].get("order", 0), one)):
            at = ("pages", key)
            yield from self._words(at, pages[key], ("title", "intro"))
            always = [one for one in self._on(key) if not one["ui"].get("show_if")]
            if len(always) > MOST_ON_A_PAGE:
                yield _say(at, "crowded", many=len(always))
        for key, question in self.document.get("questions", {}).items():
            yield from self._question(("questions", key), question, key)
            for inner, row in (question.get("questions") or {}).items():
                yield from self._question(("questions", key, "questions", inner), row, f"{key}/{inner}")

    def _on(self, page: str) -> list[Document]:
        return [one for one in self.document.get("questions", {}).values() if one["ui"].get("page") == page]

    def _question(self, at: Path, question: Document, name: str) -> Iterator[Advice]:
        ui: Document = question["ui"]
        yield from self._words((*at, "ui"), ui, ("label", "hint", "purpose"))
        if ui["widget"] in ("textarea", "file") and not ui.get("hint"):
            yield _say(at, "no_hint")
        yield from self._options(at, ui)
        if ui.get("sensitive") and not ui.get("purpose"):
            yield _say(at, "no_purpose")
        if ui["widget"] in _ASKED and name not in self.read and not ui.get("purpose"):
            yield _say(at, "unused")
        for keyword, message in ui.get("messages", {}).items():
            if _BLAME.search(message.get("en", "")):
                yield _say((*at, "ui", "messages", keyword), "blames")

    def _options(self, at: Path, ui: Document) -> Iterator[Advice]:
        offered = [one for one in (ui.get("options") or {}).values() if one and not one.get("disabled")]
        if ui["widget"] == "radios" and len(offered) > MOST_RADIOS:
            yield _say(at, "many_radios", many=len(offered))
        if ui["widget"] == "select" and 0 < len(offered) < FEWEST_LISTED:
            yield _say(at, "short_list", many=len(offered))

    def _words(self, at: Path, holder: Document, keys: tuple[str, ...]) -> Iterator[Advice]:
        for key in keys:
            text = holder.get(key) or {}
            english = text.get("en", "")
            missing = [one for one in self.languages if english and not text.get(one)]
            if missing:
                yield _say((*at, key), "untranslated", languages=", ".join(missing))
            if _COLOUR.search(english):
                yield _say((*at, key), "colour")
            if len(english.split()) >= FEWEST_MEASURED and readability(english) > HARDEST:
                yield _say((*at, key), "hard_words")
            if any(len(one.split()) > LONGEST for one in re.split(r"[.!?]\s", english)):
                yield _say((*at, key), "long_sentence", many=LONGEST)


def _say(at: Path, code: str, **values: object) -> Advice:
    told = {language: words.format(**values) for language, words in _TOLD[code].items()}
    return Advice(pointer(at), code, told)


_TOLD: Mapping[str, Text] = {
    "crowded": {
        "en": "{many} questions are always asked on this page. Spread them over two: on a phone people get lost.",
        "cy": "Gofynnir {many} cwestiwn bob tro ar y dudalen hon. Rhannwch nhw dros ddwy.",
    },
    "no_hint": {
        "en": "Say in a hint what to write, and how much of it is enough.",
        "cy": "Dywedwch mewn awgrym beth i'w ysgrifennu, a faint ohono sy'n ddigon.",
    },
    "many_radios": {
        "en": "{many} options are many to look through. Offer them as a list that can be searched.",
        "cy": "Mae {many} dewis yn llawer i edrych drwyddynt. Cynigiwch nhw fel rhestr y gellir ei chwilio.",
    },
    "short_list": {
        "en": "With {many} options, show them all at once: nobody has to open a list.",
        "cy": "Gyda {many} dewis, dangoswch nhw i gyd ar unwaith: does dim rhaid i neb agor rhestr.",
    },
    "no_purpose": {
        "en": "This is sensitive. Say under “What it is for” why it is asked: people answer what they understand.",
        "cy": "Mae hwn yn sensitif. Dywedwch o dan “Ei ddiben” pam y caiff ei ofyn.",
    },
    "unused": {
        "en": "No rule, condition, letter or measure reads this. Say what it is for, or do not ask it.",
        "cy": "Nid oes rheol, amod, llythyr na mesur yn darllen hwn. Nodwch ei ddiben, neu peidiwch â'i ofyn.",
    },
    "blames": {
        "en": "Say what to do instead of what is wrong: “Enter a date, like 23 11 2026”.",
        "cy": "Dywedwch beth i'w wneud yn lle beth sydd o'i le: “Rhowch ddyddiad, fel 23 11 2026”.",
    },
    "untranslated": {
        "en": "It lacks words in: {languages}.",
        "cy": "Nid oes ganddo eiriau yn: {languages}.",
    },
    "colour": {
        "en": "Do not tell things by colour alone: some people see none of it. Name them.",
        "cy": "Peidiwch â disgrifio pethau trwy liw yn unig: nid yw rhai pobl yn gweld dim ohono. Enwch nhw.",
    },
    "hard_words": {
        "en": "These words are hard to read. Use shorter ones, and shorter sentences.",
        "cy": "Mae'r geiriau hyn yn anodd eu darllen. Defnyddiwch rai byrrach, a brawddegau byrrach.",
    },
    "long_sentence": {
        "en": "A sentence here has more than {many} words. Split it.",
        "cy": "Mae mwy na {many} gair mewn brawddeg yma. Rhannwch hi.",
    },
}
