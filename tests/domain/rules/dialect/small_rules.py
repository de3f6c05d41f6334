"""A small rule set that has one of everything, and the form it asks."""

from typing import Any

from frontdoor.domain.rules.dialect import edits


def said(**boxes: Any) -> dict[str, tuple[str, ...]]:
    """Boxes as a form sends them: `label_en` is the box `label.en`, `texts__staff_en` the box `texts/staff.en`."""
    names = {name: name.replace("__", "/") for name in boxes}
    for name in names:
        if name.endswith(("_en", "_cy")):
            names[name] = f"{names[name][:-3]}.{name[-2:]}"
    return {names[name]: value if isinstance(value, tuple) else (value,) for name, value in boxes.items()}


def texts(staff: str) -> dict[str, str]:
    return {"texts__staff_en": staff, "texts__referrer_en": "Received.", "texts__family_en": "Received."}


TABLE = ("decisions", "ROUTE")
NO = {"!": [{"var": "facts.met"}]}

RULES: dict[str, Any] = {
    "id": "route",
    "title": {"en": "Route"},
    "parameters": {
        "least": {"order": 10, "label": {"en": "Least score"}, "type": "integer", "value": 2, "unit": {"en": "points"},
                  "bounds": {"min": 1, "max": 5}, "source": "Board, 12 March"},
        "spare": {"order": 20, "label": {"en": "Spare"}, "type": "boolean", "value": True, "source": "Board"},
    },
    "facts": {
        "met": {"order": 10, "label": {"en": "Met"}, "type": "boolean", "logic": {"var": "answers.f.met"}},
        "score": {"order": 20, "label": {"en": "Score"}, "type": "integer",
                  "logic": {"count_true": [{"var": "facts.met"}]}},
        "late": {"order": 30, "label": {"en": "Late"}, "type": "boolean", "over": "answers.f.kids",
                 "logic": {"var": "row.out"}},
        "any_late": {"order": 40, "label": {"en": "Any late"}, "type": "boolean", "over": "answers.f.kids",
                     "roll_up": "any", "logic": {"var": "row.late"}},
        "benefit": {"order": 50, "label": {"en": "Benefit"}, "type": "string",
                    "verify": {"sources": {"dwp": {"order": 10, "label": {"en": "The Department"}}},
                               "schema": {"enum": ["A", "B", None]},
                               "options": {"A": {"order": 10, "label": {"en": "First"}},
                                           "B": {"order": 20, "label": {"en": "Second"}}}}},
    },
    "decisions": {
        "ROUTE": {
            "order": 10,
            "title": {"en": "Route"},
            "hit": "first",
            "outcomes": {
                "help": {"order": 10, "label": {"en": "Help"}, "final": True},
                "none": {"order": 20, "label": {"en": "No help"}, "final": True},
                "spare": {"order": 30, "label": {"en": "Spare"}, "final": False},
            },
            "rows": {
                "not_met": {"order": 10, "label": {"en": "Not met"}, "when": NO, "decision": "none",
                            "reason_code": "NOT_MET",
                            "texts": {"staff": {"en": "Score {score}"}, "referrer": {"en": "Received."},
                                      "family": {"en": "Received."}}},
                "enough": {"order": 20, "label": {"en": "Enough"},
                           "when": {">=": [{"var": "facts.score"}, {"var": "parameters.least"}]}, "decision": "help",
                           "reason_code": "ENOUGH",
                           "texts": {"staff": {"en": "Enough"}, "referrer": {"en": "Received."},
                                     "family": {"en": "Received."}}},
            },
            "otherwise": {"decision": "none", "reason_code": "TOO_FEW", "intended": True,
                          "texts": {"staff": {"en": "Too few"}, "referrer": {"en": "Received."},
                                    "family": {"en": "Received."}}},
        },
    },
}  # fmt: skip
OTHERS: dict[str, Any] = {
    "pathway": {"stages": {"first": {"title": {"en": "First"}, "exits": {"out": {
        "label": {"en": "Leave"}, "when": {"==": [{"var": "decisions.ROUTE.decision"}, "help"]}}}}}},
    "clocks": {"clocks": {"WAIT": {"label": {"en": "Wait"}, "n": {"parameter": "least"}}}},
    "later": {"id": "later", "title": {"en": "Later"}, "facts": {"why": {
        "order": 10, "label": {"en": "Why"}, "type": "boolean",
        "logic": {"in": [{"var": "decisions.ROUTE.reason_code"}, ["ENOUGH"]]}}}},
}  # fmt: skip
ALL = {"route": RULES, **OTHERS}


def keys(document: Any, *at: str) -> list[str]:
    """Return the keys at a place in the order in which people read them."""
    for step in at:
        document = document[step]
    return sorted(document, key=lambda key: (document[key]["order"], key))


__all__ = ["ALL", "NO", "OTHERS", "RULES", "TABLE", "edits", "keys", "said", "texts"]
