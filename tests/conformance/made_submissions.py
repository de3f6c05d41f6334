"""Submissions made from a seed for a form: good ones, wrong ones, and ones that somebody sends who means harm."""

import json
from random import Random
from typing import Any

from tests.domain.forms.kinds import KINDS

from frontdoor.domain.forms.questions import Form, Question

Json = Any
HOSTILE: list[Json] = [
    None, "", " ", "\n", [], {}, [[]], [None], 0, -0.0, 1, True, False, "true", "NaN", "Infinity", "-0", "1e999",
    1e308, -1e308, 2**53 + 1, 10**30, 1.5, "x" * 201, "x" * 10_001, "9" * 400, "é" * 3, "e\u0301", "\u212a",
    "\u202eevil", "\ufeffa", "\x00", "\x1b[31m", "a\x85b", "\u2028", "😀", "<script>alert(1)</script>", "{{7*7}}",
    "' OR 1=1", "../../etc/passwd", "file:///etc/passwd", "=cmd|'/c'!A1", "2026-02-30", "2025-02-29", "2026-13-01",
    "unknown", "0001-01-01", "2026-1-1", "none", "late", ["none", "a"], ["a", "a"], ["late"], [0], ["row1"], "row1",
    {"$gt": ""}, {"a.b": 1}, {"_id": 1}, {"__proto__": {"x": 1}}, {"constructor": 1}, {"line_1": None},
    {"postcode": "\u212aT1 1AA"}, {"a": {"b": {"c": {"d": {"e": {"f": {"g": 1}}}}}}}, [{"id": "row1"}], "\ud800",
]  # fmt: skip
ROW_IDS: list[Json] = ["row1", "row2", "row3", "row1", "", "x", "ROW1", "row1\n", None, 7, "r" * 33, "rów1"]


def kind_of(question: Question) -> str:
    """Return the kind that a question was made from: its widget and schema say which."""
    for name, (rest, _, _) in KINDS.items():
        schema = {key: value for key, value in rest.get("schema", {}).items() if key != "logic"}
        ui = {key: value for key, value in rest.items() if key != "schema"}
        if dict(question.schema) == schema and ui.items() <= question.ui.items():
            return name
    raise KeyError(question.path)


class Sender:
    """Makes submissions to one form. `luck` is how often an answer is good; the rest is wrong or hostile."""

    def __init__(self, form: Form, random: Random) -> None:
        self.form = form
        self.random = random
        self.luck = 1.0

    def submission(self) -> Json:
        """Return what is sent, as it comes out of JSON."""
        self.luck = self.random.choice([1.0, 1.0, 0.97, 0.9, 0.6])
        if self.random.random() < 0.01:
            return self.random.choice(HOSTILE)
        sent = self._answers(self.form.questions.values())
        if self.random.random() > self.luck:
            sent[self.random.choice(["stranger", "$where", "a.b", "_id", "__proto__", "id", "Ω", ""])] = self._hostile()
        return json.loads(json.dumps(sent))

    def _answers(self, questions: Any) -> dict[str, Json]:
        sent: dict[str, Json] = {}
        for question in questions:
            if question.answers and self.random.random() < (0.9 if question.required or self.luck == 1.0 else 0.75):
                sent[question.id] = self._answer(question)
        return sent

    def _answer(self, question: Question) -> Json:
        chance = self.random.random()
        if chance > self.luck + (1 - self.luck) * 0.6:
            return self._hostile()
        if question.widget == "group":
            return self._rows(question)
        if question.options_from:
            return self.random.choice(["row1", "row2", "row9", ""])
        good, wrong = KINDS[kind_of(question)][1:]
        return self.random.choice(good if chance < self.luck else wrong)

    def _rows(self, group: Question) -> Json:
        rows = []
        for place in range(self.random.choice([0, 1, 2, 2, 3, 3, 4 if self.random.random() > self.luck else 2])):
            named = f"row{place + 1}" if self.random.random() < self.luck else self.random.choice(ROW_IDS)
            row = {"id": named, **self._answers(group.questions.values())}
            if self.random.random() > self.luck:
                row |= {self.random.choice(["stranger", "$x", "id"]): self._hostile()}
            if self.random.random() > self.luck + (1 - self.luck) * 0.7:
                row.pop("id")
            rows.append(row)
        return rows

    def _hostile(self) -> Json:
        return self.random.choice(HOSTILE)
