"""Several addresses: a repeating group whose questions are always the same, one of them whether it is confidential.

Wherever a form is read it is that group, so that pages, rules, proofs and print need to know nothing of it. The row
of a confidential address is withheld from whoever may not see it by `display`.
"""

from collections.abc import Mapping
from typing import Any

_ROW: Mapping[str, Mapping[str, Any]] = {
    "address": {
        "type": "object",
        "ui": {"order": 10, "widget": "address", "required": True, "label": {"en": "Address", "cy": "Cyfeiriad"}},
    },
    "from": {
        "type": "string",
        "ui": {
            "order": 20, "widget": "partial_date", "not_after": "as_of",
            "label": {"en": "Lived there from", "cy": "Yn byw yno ers"},
            "hint": {"en": "A year is enough", "cy": "Mae blwyddyn yn ddigon"},
        },
    },
    "to": {
        "type": "string",
        "ui": {
            "order": 30, "widget": "partial_date", "label": {"en": "Lived there until", "cy": "Yn byw yno tan"},
            "hint": {"en": "Leave this blank if they still do", "cy": "Gadewch hyn yn wag os ydynt yno o hyd"},
        },
    },
    "confidential": {
        "type": "boolean",
        "ui": {
            "order": 50, "widget": "yes_no", "required": True,
            "label": {"en": "Is this address confidential?", "cy": "A yw'r cyfeiriad hwn yn gyfrinachol?"},
            "hint": {
                "en": "Say yes if anybody must not learn where they live. It is then left out of what others read.",
                "cy": "Dywedwch ie os na ddylai rhywun wybod ble maent yn byw. Caiff ei adael allan o'r hyn y mae "
                      "eraill yn ei ddarllen.",
            },
        },
    },
}  # fmt: skip
_WHOSE = {"order": 40, "label": {"en": "Whose address is it?", "cy": "Cyfeiriad pwy ydyw?"}}
_LABEL = {"en": "Address", "cy": "Cyfeiriad"}
_MOST = 20


def as_group(question: dict[str, Any]) -> dict[str, Any]:
    """Return a question of the widget `addresses` as the group that it is; any other as it is."""
    ui = question.get("ui") or {}
    if ui.get("widget") != "addresses":
        return question
    linked = {"widget": "checkboxes", "options_from": ui["whose"]} if ui.get("whose") else {"widget": "text"}
    whose = {"type": "array" if "options_from" in linked else "string", "ui": {**_WHOSE, **linked}}
    own = {key: value for key, value in ui.items() if key != "whose"}
    group = {"row_label": _LABEL, "max_items": _MOST, **own, "widget": "group", "confidential": "confidential"}
    return {**question, "type": "array", "ui": group, "questions": {**_ROW, "whose": whose}}
