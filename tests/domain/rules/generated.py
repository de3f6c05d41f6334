"""Generated decision logic, generated states of knowledge, and the ways unknowns can turn out."""

import random

from tests.domain.rules.kleene import NONE, UNKNOWN, Is, Many, known

KINDS = {
    "facts.b1": "boolean",
    "facts.b2": "boolean",
    "facts.b3": "boolean",
    "facts.n1": "number",
    "facts.n2": "number",
    "facts.d1": "date",
    "facts.d2": "date",
    "facts.s1": "string",
    "facts.l1": "list",
    "as_of": "date",
    "parameters.p": "number",
    "answers.f.kids": "list",
    "answers.f.kids.dob": "date",
    "answers.f.kids.days": "number",
    "answers.f.kids.out": "boolean",
    "answers.f.kids.word": "string",
}
AS_OF = "2026-11-22"
WORDS = ["a", "b", "c"]
DAYS = ["2008-11-22", "2010-02-28", "2015-06-01", "2026-11-22"]


class Writer:
    """Writes rules of each type; `names` are what may be read from where the rule stands."""

    def __init__(self, seed, depth=3, inside=None):
        self.random, self.depth, self.inside = seed, depth, inside

    def deeper(self, inside=None):
        return Writer(self.random, self.depth - 1, inside if inside is not None else self.inside)

    def name(self, kind):
        if self.inside == "word":
            return {"var": ""} if kind == "string" else None
        if self.inside is not None:
            path = {"boolean": "out", "number": "days", "date": "dob", "string": "word"}[kind]
            return {"var": f"{self.inside}{path}"}
        choices = {"boolean": ["b1", "b2", "b3"], "number": ["n1", "n2"], "date": ["d1", "d2"], "string": ["s1"]}[kind]
        return {"var": f"facts.{self.random.choice(choices)}"}

    def condition(self):
        pick = self.random.random()
        if self.depth <= 0 or pick < 0.12:
            return self.leaf()
        under = self.deeper()
        options = [
            lambda: {"and": [under.condition() for _ in range(self.random.choice([2, 2, 3]))]},
            lambda: {"or": [under.condition() for _ in range(self.random.choice([2, 2, 3]))]},
            lambda: {"!": [under.condition()]},
            lambda: {"if": [under.condition(), under.condition(), under.condition()]},
            lambda: {self.random.choice(["<", "<=", ">", ">="]): [under.number(), under.number()]},
            lambda: {self.random.choice(["<", "<="]): [under.number(), under.number(), under.number()]},
            lambda: {self.random.choice(["==", "!=", "==="]): [under.number(), self.random.randint(0, 3)]},
            lambda: {self.random.choice(["<", ">="]): [under.day(), under.day()]},
            lambda: {self.random.choice(["==", "!="]): [under.word(), self.random.choice(WORDS)]},
            lambda: {"in": [under.word(), self.random.sample(WORDS, 2)]},
            lambda: {"unknown": [self.random.choice([under.condition, under.number, under.day])()]},
            lambda: {"==": [under.condition(), self.random.choice([True, False])]},
        ]
        if self.inside is None:
            options += [
                lambda: {self.random.choice(["some", "all", "none"]): [under.kids(), under.deeper("").condition()]},
                lambda: {self.random.choice(["some", "all", "none"]): [under.words(), {"==": [{"var": ""}, "a"]}]},
                lambda: {"in": [under.word(), under.words()]},
                lambda: {"!!": [under.kids()]},
            ]
        return self.random.choice(options)()

    def leaf(self):
        kind = self.random.choice(["boolean", "boolean", "number", "date"])
        return self.name(kind) if kind == "boolean" else {"!!": [self.name(kind)]}

    def number(self):
        if self.depth <= 0 or self.random.random() < 0.3:
            options = [self.name("number"), self.random.randint(-1, 3)]
            return self.random.choice([*options, {"var": "parameters.p"}] if self.inside is None else options)
        under = self.deeper()
        options = [
            lambda: {self.random.choice(["+", "-", "min", "max"]): [under.number(), under.number()]},
            lambda: {"-": [under.number()]},
            lambda: {"*": [under.number(), self.random.choice([2, -2])]},
            lambda: {"if": [under.condition(), under.number(), under.number()]},
            lambda: {"count_true": [[under.condition(), under.condition(), under.condition()]]},
            lambda: {"age_on": [under.day(), self.today()]},
            lambda: {"days_between": [under.day(), under.day()]},
        ]
        if self.inside is None:
            step = {"if": [under.deeper("current.").condition(), 1, 0]}
            options += [
                lambda: {"reduce": [under.kids(), {"+": [{"var": "accumulator"}, step]}, 0]},
                lambda: {
                    "reduce": [{"var": "answers.f.kids"}, {"+": [{"var": "current.days"}, {"var": "accumulator"}]}, 1]
                },
            ]
        return self.random.choice(options)()

    def today(self):
        return {"var": "as_of"} if self.inside is None else AS_OF

    def day(self):
        if self.depth > 0 and self.random.random() < 0.2:
            under = self.deeper()
            return {"if": [under.condition(), under.day(), under.day()]}
        return self.random.choice([self.name("date"), self.name("date"), self.random.choice(DAYS)])

    def word(self):
        if self.depth > 0 and self.random.random() < 0.2:
            under = self.deeper()
            return {"if": [under.condition(), under.word(), self.random.choice(WORDS)]}
        return self.name("string")

    def kids(self):
        kids = {"var": "answers.f.kids"}
        if self.depth > 0 and self.random.random() < 0.4:
            return {"filter": [kids, self.deeper("").condition()]}
        return kids

    def words(self):
        pick = self.random.random()
        if pick < 0.2:
            return {"merge": [{"var": "facts.l1"}, self.random.sample(WORDS, 1)]}
        if pick < 0.4:
            return {"filter": [{"var": "facts.l1"}, {"!=": [{"var": ""}, self.random.choice(WORDS)]}]}
        return {"var": "facts.l1"}


def state(random_, kind, *, none=True):
    """One state of knowledge of a kind."""
    pick = random_.random()
    if pick < 0.4:
        return UNKNOWN
    if kind == "boolean":
        return known(random_.random() < 0.5)
    if kind == "number":
        if pick < 0.55:
            low = random_.randint(-1, 2)
            return Is(low=low, high=random_.choice([None, low + 1, low + 2]), number=True)
        return known(random_.randint(-1, 3))
    if none and pick < 0.5:
        return NONE
    if kind == "date":
        if pick < 0.65:
            low, high = sorted(random_.sample(DAYS, 2))
            return Is(low=low, high=high)
        return known(random_.choice(DAYS))
    return known(random_.choice(WORDS))


def situation(random_, *, none=True):
    """A state of knowledge of everything that generated rules read."""
    facts = {
        name.split(".")[1]: state(random_, kind, none=none)
        for name, kind in KINDS.items()
        if name.startswith("facts.") and kind != "list"
    }
    elements = [
        known(word) if random_.random() < 0.8 else UNKNOWN for word in random_.sample(WORDS, random_.randint(0, 2))
    ]
    facts["l1"] = Many(tuple((each, True) for each in elements), random_.random() < 0.6)
    kids = []
    for _ in range(random_.randint(0, 2)):
        kids.append(
            {
                name: state(random_, kind, none=none)
                for name, kind in [("dob", "date"), ("days", "number"), ("out", "boolean"), ("word", "string")]
            }
        )
    answers = {"f": {"kids": Many(tuple((kid, True) for kid in kids), random_.random() < 0.6)}}
    return {"facts": facts, "answers": answers, "parameters": {"p": known(1)}, "as_of": known(AS_OF)}


def turned_out(data, random_, *, none):
    """One way in which everything unknown turns out; where `none`, dates and texts may turn out not to exist."""
    return {key: _out(value, key, random_, none) for key, value in data.items()}


def _out(value, key, random_, none):
    if isinstance(value, dict):
        return turned_out(value, random_, none=none)
    if isinstance(value, Many):
        elements = [
            (_out(each, "s" if key == "l1" else key, random_, none and key != "l1"), True) for each, _ in value.elements
        ]
        while not value.complete and random_.random() < 0.5:
            elements.append(
                (known(random_.choice(WORDS)) if key == "l1" else turned_out(KID, random_, none=none), True)
            )
        return Many(tuple(elements))
    if value.known:
        return value
    existing = value.low is not None or value.high is not None
    if none and not existing and key[0] in "dsw" and key != "days" and random_.random() < 0.3:
        return NONE
    return known(random_.choice(_ways(value, key)))


KID = {"dob": UNKNOWN, "days": UNKNOWN, "out": UNKNOWN, "word": UNKNOWN}


def _ways(value, key):
    if key in ("b1", "b2", "b3", "out"):
        return [True, False]
    if key in ("n1", "n2", "days"):
        if value.low is None:
            return [-1, 0, 1, 2, 3]
        return [value.low, value.high if value.high is not None else value.low + 7]
    if key in ("d1", "d2", "dob"):
        return DAYS if value.low is None else [day for day in DAYS if value.low <= day <= value.high]
    return WORDS


def plainly(data):
    """Plain data of a state in which everything is known."""
    if isinstance(data, dict):
        return {key: plainly(value) for key, value in data.items()}
    return [plainly(each) for each, _ in data.elements] if isinstance(data, Many) else data.value


def prepared(data):
    """Prepared data of a state of knowledge, written apart from `prepare.place`."""
    found = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found[key] = prepared(value)
        elif isinstance(value, Many):
            found[key] = [prepared(each) if isinstance(each, dict) else each.value for each, _ in value.elements]
            if not value.complete:
                found["+" + key] = True
        else:
            found[key] = value.value
            marks = {"!": value.none or None, "<": value.low, ">": value.high}
            found.update({sign + key: mark for sign, mark in marks.items() if mark is not None})
    return found


def seeded(number):
    return random.Random(number)  # noqa: S311
