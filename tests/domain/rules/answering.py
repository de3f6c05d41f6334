"""Answers to any form, invented: complete, partial, not known, left over from what was hidden, and hostile."""

from datetime import UTC, date, datetime, timedelta

from frontdoor.domain.case import Evidence

DAY = date(2026, 11, 23)
HOSTILE = [
    *(True, 0, -1, 3.5, 2**60, float("nan"), float("inf"), "", "yes", "2014-13-45", "2014-02-30", "2014-06-03T10:00"),
    *([], [1], ["yes", 3], [None], {}, {"a": 1}, [["yes"]], "unknown", "x" * 5_000, "2026-11-22/2026-11-22"),
]
PARTIAL = ["unknown", "1984", "2008", "2008-11", "2021-04", "2007-01-01/2010-05-05", "2008-11-23/2008-11-23", "2030"]


class Answering:
    """Answers one question after another; `missing` and `hostile` are how often each happens."""

    def __init__(self, chance, *, missing=0.25, hostile=0.0):
        self.chance, self.missing, self.hostile = chance, missing, hostile

    def form(self, form):
        """Answers to a whole form; groups first, so that questions can name their rows."""
        self.rows = {group.id: self.group(group) for group in form.groups()}
        said = {name: rows for name, rows in self.rows.items() if self.chance.random() > self.missing / 5}
        for question in form.questions.values():
            if question.answers and question.widget != "group":
                self.say(said, question)
        return said

    def say(self, said, question):
        pick = self.chance.random()
        if pick < self.hostile:
            said[question.id] = self.chance.choice(HOSTILE)
        elif pick >= self.hostile + self.missing or question.widget == "yes_no":
            said[question.id] = self.answer(question)

    def group(self, group):
        names = self.chance.sample(
            ["aoif", "ben1", "carys", "dev22", "elin", "finn"], self.chance.choice([0, 1, 2, 3, 4, 5])
        )
        rows = []
        for name in names:
            row = {"id": name}
            for question in group.questions.values():
                if question.answers:
                    self.say(row, question)
            rows.append(row)
        if self.hostile and self.chance.random() < self.hostile:
            return self.chance.choice([rows + rows, [*rows, {"id": 5}], [*rows, 7], [*rows, {}], "rows", tuple(rows)])
        return rows

    def answer(self, question):
        widget, chance = question.widget, self.chance
        if widget == "yes_no":
            return chance.random() < 0.75
        if question.options_from:
            ids = [
                row["id"] for row in self.rows.get(question.options_from, ()) if isinstance(row, dict) and "id" in row
            ]
            return [each for each in ids if chance.random() < 0.5]
        if widget in ("radios", "select", "checkboxes"):
            values = [option.value for option in question.options]
            likely = ["yes"] * 4 if "yes" in values else []
            if widget != "checkboxes":
                return chance.choice([*values, *likely])
            return chance.sample(values, chance.randint(0, min(3, len(values))))
        if widget == "number":
            whole = question.schema.get("type") == "integer"
            return chance.choice([0, 1, 2, 3, 4, 15, 20, 100] if whole else [0, 3, 14.5, 15, 15.5, 40, 100])
        if widget == "date":
            return (DAY - timedelta(days=chance.randint(-40, 900))).isoformat()
        if widget == "partial_date":
            return self.birth()
        return {"line_1": "1 Larkspur Walk"} if widget == "address" else "Words of somebody"

    def birth(self):
        pick = self.chance.random()
        if pick < 0.2:
            return self.chance.choice(PARTIAL)
        if pick < 0.35:
            return (date(2008, 11, 23) + timedelta(days=self.chance.randint(-2, 2))).isoformat()
        return date(self.chance.randint(1950, 2026), self.chance.randint(1, 12), self.chance.randint(1, 28)).isoformat()

    def evidence(self, rules, rows, *, most=4):
        """Words of source systems on any fact, of the family and of rows, some of nothing and some assumed."""
        facts, words = [*rules.facts.values()], []
        for place in range(self.chance.randint(0, most)):
            fact = self.chance.choice(facts)
            row = self.chance.choice([None, *rows, "nobody"]) if fact.over else None
            at = datetime(2026, 11, 20 + self.chance.randint(0, 4), 9, place, tzinfo=UTC)
            kind = self.chance.choice(["verified", "assumed"])
            words.append(Evidence(f"e{place}", fact.id, row, self.value(fact), kind, "source", at.date(), "u", "U", at))
        return tuple(words)

    def value(self, fact):
        if self.chance.random() < self.hostile:
            return self.chance.choice(HOSTILE)
        if self.chance.random() < 0.2:
            return None
        codes = [*fact.verify.get("options", {})] or ["JSA", "yes", "a"]
        return {
            "boolean": lambda: self.chance.random() < 0.5,
            "integer": lambda: self.chance.randint(0, 5),
            "number": lambda: self.chance.choice([0, 14.5, 15, 40]),
            "date": lambda: (DAY - timedelta(days=self.chance.randint(0, 700))).isoformat(),
            "string": lambda: self.chance.choice(codes),
            "list": lambda: self.chance.sample(codes, min(len(codes), self.chance.randint(0, 2))),
        }[fact.type]()
