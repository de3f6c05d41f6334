"""A whole small pack that passes every check: what a test changes is then the only thing wrong."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

Document = dict[str, Any]


def text(words: str) -> dict[str, str]:
    return {"en": words}


def _texts(staff: str) -> Document:
    return {"staff": text(staff), "referrer": text("Received"), "family": text("Received")}


def _question(widget: str, order: int, label: str, **more: Any) -> Document:
    kind = {"yes_no": "boolean", "number": "integer", "group": "array"}.get(widget, "string")
    keywords = {key: more.pop(key) for key in ("questions", "minimum", "maximum", "maxLength") if key in more}
    return {"type": kind, **keywords, "ui": {"order": order, "widget": widget, "label": text(label), **more}}


def _options(*codes: str) -> Document:
    return {code: {"order": place, "label": text(code)} for place, code in enumerate(codes)}


FORM: Document = {
    "id": "request",
    "title": text("Request"),
    "pages": {"safety": {"order": 10, "title": text("Safety"), "kind": "safeguarding"},
              "needs": {"order": 20, "title": text("Needs")}},
    "conditions": {"worried": {"label": text("Worried"), "logic": {"==": [{"var": "answers.concern"}, "yes"]}}},
    "questions": {
        "concern": _question("radios", 10, "Is anybody in danger?", page="safety", required=True,
                             options=_options("yes", "no")),
        "harm": _question("textarea", 20, "What happened?", page="safety", show_if="worried", maxLength=2000),
        "family_name": _question("text", 10, "Family name", page="needs", required=True, maxLength=100),
        "needs": _question("number", 20, "How many needs?", page="needs", minimum=0, maximum=9),
        "members": _question("group", 30, "Members", page="needs", max_items=9,
                             questions={"age": _question("number", 10, "Age", minimum=0, maximum=120)}),
    },
}  # fmt: skip
RULES: Document = {
    "id": "threshold",
    "title": text("Threshold"),
    "parameters": {"least": {"order": 10, "label": text("Least needs"), "type": "integer", "value": 2,
                             "bounds": {"min": 1, "max": 4}, "source": "guidance"}},
    "facts": {
        "needs": {"order": 10, "label": text("needs"), "type": "integer", "logic": {"var": "answers.request.needs"}},
        "adult": {"order": 20, "label": text("an adult"), "type": "boolean", "over": "answers.request.members",
                  "roll_up": "any", "logic": {">=": [{"var": "row.age"}, 18]}},
        "agreed": {"order": 30, "code": "AG", "label": text("agreement"), "type": "boolean",
                   "question": text("Does the family agree?")},
    },
    "decisions": {"T-1": {
        "order": 10, "title": text("Is the threshold met?"), "hit": "first",
        "outcomes": {
            "accept": {"order": 10, "label": text("Accept"), "final": True},
            "pending": {"order": 20, "label": text("Pending"), "final": False, "owner": "officer", "clock": "K1"},
            "decline": {"order": 30, "label": text("Decline"), "final": True},
        },
        "rows": {"met": {"order": 10, "label": text("Enough needs"),
                         "when": {">=": [{"var": "facts.needs"}, {"var": "parameters.least"}]},
                         "decision": "accept", "reason_code": "MET", "texts": _texts("{needs} needs")}},
        "otherwise": {"decision": "decline", "reason_code": "NOT_MET", "intended": True, "texts": _texts("Too few")},
    }},
}  # fmt: skip
PATHWAY: Document = {
    "intake": {"form": "request", "decisions": {"T-1": {"order": 10}}, "duty_role": "officer", "duty_clock": "K1",
               "escalate_to": "officer", "team": "front", "release": {"clock": "K1"},
               "screen": {"question": "concern", "clear": {"no": True}, "gravity": {"yes": 1},
                          "words": {"harm": {"order": 10}}},
               "subject": {"name": "family_name", "members": "members"}},
    "events": {"received": {"order": 10, "label": text("Received"), "on": "received"},
               "decided": {"order": 20, "label": text("Decided"), "on": "confirmed", "decision": "T-1"}},
    "stages": {
        "triage": {"order": 10, "label": text("Triage"), "lead": "officer", "team": "front",
                   "exits": {"on": {"order": 10, "to": "ended", "label": text("Decided"),
                                    "when": {"in": [{"var": "decisions.T-1.decision"}, ["accept", "decline"]]}}}},
        "ended": {"order": 20, "label": text("Ended"), "lead": "officer", "terminal": True},
    },
    "letters": {"thanks": {"order": 10, "letter": "thanks", "on": "received", "to": "referrer"}},
    "tracker": {"triage": text("Received"), "ended": text("Received")},
}  # fmt: skip
FILES: dict[str, Document] = {
    "rules/base/owner.json": {"kind": "base", "title": text("Library"), "version": 1},
    "rules/base/holidays.json": {"id": "test", "title": text("Holidays"), "source": "invented",
                                 "covers": {"from": "2026-01-01", "to": "2027-12-31"}, "days": {}},
    "rules/base/roles.json": {"roles": {"officer": {"order": 10, "label": text("Officer"),
                                                    "description": text("Decides"), "may": {"see_queue": True},
                                                    "sees": "authority"}}},
    "rules/care/owner.json": {"kind": "programme", "title": text("Care"), "version": 1, "extends": "base@1"},
    "rules/care/teams.json": {"teams": {"front": {"order": 10, "label": text("Front"), "kind": "front_door"}}},
    "rules/care/clocks.json": {"clocks": {"K1": {"order": 10, "label": text("Decide"), "from_event": "received",
                                                 "stop_event": "decided", "n": 5, "basis": "working_days",
                                                 "owner": "officer"}}},
    "rules/care/threshold.json": RULES,
    "rules/care/pathway.json": PATHWAY,
    "forms/care/request.json": FORM,
    "themes/care/letters/thanks.json": {"title": text("Thanks"), "subject": text("Received {{ reference }}"),
                                        "body": text("Thank you."), "channel": "email", "audience": "referrer"},
    "rules/east/owner.json": {"kind": "authority", "title": text("East"), "version": 1, "extends": "base@1",
                              "programmes": {"care": {"order": 10, "extends": "care@1", "reference_prefix": "EAS"}}},
    "themes/east/theme.json": {"name": text("East"), "font": "system",
                               "colours": {"accent": "#1d5a6b", "accent_text": "#ffffff", "accent_dark": "#123a45",
                                           "focus": "#ffdd00", "link": "#1d5a6b"}},
    "themes/east/notices.json": {
        "duty": {"emergency": {"label": text("Police"), "number": "999"},
                 "in_hours": {"label": text("Duty"), "number": "01632 960 001", "hours": text("9 to 5")},
                 "out_of_hours": {"label": text("Duty"), "number": "01632 960 002", "hours": text("other times")}},
        "privacy": text("What we keep"), "accessibility": text("How to use it")},
}  # fmt: skip


def write(root: Path, changes: dict[str, Any] | None = None) -> Path:
    """Write the pack; `changes` maps `FILE#/pointer` to a value, None takes the key (or the file) away."""
    files = deepcopy(FILES)
    for target, value in (changes or {}).items():
        file, _, pointer = target.partition("#")
        if not pointer:
            files.pop(file, None)
            if value is not None:
                files[file] = value
            continue
        *branch, leaf = (step.replace("~1", "/") for step in pointer.split("/")[1:])
        node = files[file]
        for step in branch:
            node = node[step]
        if value is None:
            del node[leaf]
        else:
            node[leaf] = value
    for file, document in files.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document))
    return root
