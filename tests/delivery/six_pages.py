"""An assessment of six pages in English and Welsh, made up, with a table, long answers and every Welsh letter."""

from datetime import date
from typing import Any

from frontdoor.domain.forms.display import display
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.printout import Printout, parts_of
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.text import say

ON = date(2026, 11, 23)
PAGES = {
    "who": {"en": "Who took part", "cy": "Pwy gymerodd ran"},
    "child": {"en": "The child", "cy": "Y plentyn"},
    "parents": {"en": "Parents and carers", "cy": "Rhieni a gofalwyr"},
    "home": {"en": "Home and surroundings", "cy": "Cartref a'r amgylchfyd"},
    "views": {"en": "In the family's own words", "cy": "Yng ngeiriau'r teulu ei hun"},
    "plan": {"en": "What happens next", "cy": "Beth sy'n digwydd nesaf"},
}
ENGLISH = "She walks to school with her brother and says that mornings are calm now that the bus is on time. "
WELSH = "Mae'n cerdded i'r ysgol gyda'i brawd ac yn dweud bod y boreau'n dawel, ŵyr neb pam; tŷ ac ŷd, Ŵyn, Ŷd, âêîôû. "


def form() -> Form:
    questions: dict[str, Any] = {}
    for page in PAGES:
        for place in range(1, 5):
            label = {"en": f"{PAGES[page]['en']}: part {place}", "cy": f"{PAGES[page]['cy']}: rhan {place}"}
            ui = {"page": page, "order": place, "widget": "textarea", "label": label}
            questions[f"{page}_{place}"] = {"type": "string", "maxLength": 4000, "ui": ui}
    step = {"order": 1, "widget": "text", "label": {"en": "Step", "cy": "Cam"}}
    who = {"order": 2, "widget": "text", "label": {"en": "Who does it", "cy": "Pwy sy'n ei wneud"}}
    questions["steps"] = {
        "type": "array",
        "maxItems": 40,
        "questions": {"step": {"type": "string", "ui": step}, "who": {"type": "string", "ui": who}},
        "ui": {
            "page": "plan", "order": 9, "widget": "group", "label": {"en": "Steps", "cy": "Camau"},
            "row_label": {"en": "Step", "cy": "Cam"}, "max_items": 40,
        },
    }  # fmt: skip
    pages = {name: {"order": place, "title": title} for place, (name, title) in enumerate(PAGES.items())}
    title = {"en": "Early help assessment", "cy": "Asesiad cymorth cynnar"}
    return parse_form(
        {"id": "assessment", "title": title, "pages": pages, "conditions": {}, "questions": questions}, {}, compile_rule
    )


def answers(language: str) -> dict[str, Any]:
    words = WELSH if language == "cy" else ENGLISH
    told: dict[str, Any] = {
        f"{page}_{place}": (words * (4 if language == "cy" else 6)).strip() for page in PAGES for place in range(1, 5)
    }
    told["steps"] = [{"id": f"s{n:03}", "step": f"Step {n}", "who": "Gwyneth"} for n in range(1, 23)]
    return told


def printout(language: str, **more: Any) -> Printout:
    made = form()
    sections = display(made, answers(language), language, as_of=ON)
    titles = {group.id: say(group.label, language) for group in made.groups()}
    told: dict[str, Any] = {
        "title": say(made.title, language), "reference": "FD-1234-5678-9", "language": language,
        "authority": "Cyngor Mawndir" if language == "cy" else "Mawndir Council",
        "parts": parts_of(sections, titles), "marking": "Cyfyngedig" if language == "cy" else "Restricted",
        "about": (("Teulu" if language == "cy" else "Family", "O'Brien-Nguyễn"),), "signed_by": ("Nóra O'Brien",),
    }  # fmt: skip
    return Printout(**{**told, **more})
