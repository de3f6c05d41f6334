"""A form, facts and a decision table made up at random: every widget, conditions that hide, rows, rolled-up facts."""

from tests.domain.rules.generated import WORDS, Writer

from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.rules.kinds import form_kinds
from frontdoor.domain.rules.model import parse_rules

TEXT = {"en": "A text"}
KIDS = "answers.f.kids"
TYPES = {"b1": "boolean", "b2": "boolean", "b3": "boolean", "n1": "number", "n2": "integer", "d1": "date", "d2": "date",
         "s1": "string", "l1": "list"}  # fmt: skip
OPTIONS = {word: {"order": place, "label": TEXT} for place, word in enumerate(WORDS)}
UNSURE = {"dont_know": {"order": 8, "label": TEXT, "unknown": True}}
NOTHING = {"none": {"order": 9, "label": TEXT, "exclusive": True}}
CONDITIONS = {
    "b1_yes": {"var": "answers.b1"},
    "s1_a": {"==": [{"var": "answers.s1"}, "a"]},
    "l1_b": {"and": [{"!!": [{"var": "answers.l1"}]}, {"in": ["b", {"var": "answers.l1"}]}]},
    "born": {"or": [{"var": "conditions.b1_yes"}, {">=": [{"age_on": [{"var": "answers.d2"}, {"var": "as_of"}]}, 16]}]},
    "some": {">": [{"var": "answers.n1"}, 1]},
}
ROW_CONDITIONS = {
    "is_out": {"var": "row.out"},
    "old": {"!": [{"<": [{"age_on": [{"var": "row.dob"}, {"var": "as_of"}]}, 16]}]},
    "both": {"and": [{"var": "conditions.b1_yes"}, {"!=": [{"var": "row.word"}, "a"]}]},
}
# What each question may wait for, so that no ring comes about.
MAY_WAIT = {
    "b2": ["b1_yes"], "n1": ["b1_yes", "s1_a"], "n2": ["some", "l1_b"], "d1": ["s1_a", "born"], "l1": ["s1_a"],
    "kids": ["b1_yes"], "b3": ["l1_b", "born"], "kids_all": ["b1_yes"],
}  # fmt: skip


def question(kind, widget, order, page="one", **ui):
    return {"type": kind, "ui": {"page": page, "order": order, "widget": widget, "label": TEXT, **ui}}


def random_form(chance):
    """A form `f` with the questions that generated rules read."""
    questions = {
        "b1": question("boolean", "yes_no", 10),
        "s1": question("string", "radios", 20, options={**OPTIONS, **(UNSURE if chance.random() < 0.7 else {})}),
        "b2": question("boolean", "yes_no", 30),
        "b3": question("boolean", "yes_no", 40, page=chance.choice(["one", "two"])),
        "n1": question("number", "number", 50),
        "n2": question("integer", "number", 60),
        "d1": question("string", "date", 70),
        "d2": question("string", "partial_date", 80, age_bands=True, allow_unknown=True),
        "l1": question("array", "checkboxes", 90, options={**OPTIONS, **UNSURE, **NOTHING}),
        "kids_all": question("boolean", "yes_no", 100),
        "kids": group(chance),
    }
    for name, conditions in MAY_WAIT.items():
        if chance.random() < 0.4:
            questions[name]["ui"]["show_if"] = chance.choice(conditions)
    pages = {"one": {"order": 10, "title": TEXT}, "two": {"order": 20, "title": TEXT, "show_if": "b1_yes"}}
    conditions = {key: {"order": 10, "label": TEXT, "logic": logic} for key, logic in CONDITIONS.items()}
    document = {"id": "f", "title": TEXT, "pages": pages, "conditions": conditions, "questions": questions}
    return parse_form(document, {}, compile_rule)


def group(chance):
    rows = {
        "out": question("boolean", "yes_no", 10),
        "word": question("string", "radios", 20, options={**OPTIONS, **UNSURE}),
        "dob": question("string", "partial_date", 30, age_bands=True, allow_unknown=True),
        "days": question("number", "number", 40),
    }
    for name, conditions in {"dob": ["is_out", "both"], "days": ["old", "is_out", "b1_yes"]}.items():
        if chance.random() < 0.5:
            rows[name]["ui"]["show_if"] = chance.choice(conditions)
    for inner in rows.values():
        inner["ui"].pop("page")
    complete = {"complete": "kids_all"} if chance.random() < 0.8 else {}
    whole = question("array", "group", 110, max_items=20, **complete)
    conditions = {key: {"order": 10, "label": TEXT, "logic": logic} for key, logic in ROW_CONDITIONS.items()}
    return {**whole, "questions": rows, "conditions": conditions}


class Flat(Writer):
    """Writes rules that do not look into lists themselves, as most shipped rules."""

    def condition(self):
        rule = super().condition()
        return rule if not _iterates(rule) else self.leaf()

    def number(self):
        rule = super().number()
        return rule if not _iterates(rule) else {"var": "parameters.p"}


def _iterates(rule):
    if isinstance(rule, dict):
        return "answers.f.kids" in str(rule) or any(map(_iterates, rule.values()))
    return isinstance(rule, list) and any(map(_iterates, rule))


def random_rules(chance, form, *, flat=True):
    """A rule set over `form` with one table, `T`; generated logic that the translation refuses is written again."""
    kinds = form_kinds([form])
    while True:
        documents = {
            "r": {"id": "r", "title": TEXT, "parameters": {"p": parameter(chance)}, **_body(chance, flat=flat)}
        }
        try:
            return parse_rules(documents, kinds)
        except DocumentRejected:
            continue


def parameter(chance):
    return {"order": 1, "label": TEXT, "type": "number", "value": chance.choice([0, 1, 2, 2.5]), "source": "Test"}


def _body(chance, *, flat):
    facts = {name: fact(kind, {"var": f"answers.f.{name}"}, chance) for name, kind in TYPES.items()}
    writer = (Flat if flat else Writer)(chance, depth=2)
    kinds = {"boolean": writer.condition, "number": writer.number, "date": writer.day, "string": writer.word}
    for place in range(chance.randint(0, 2)):
        kind = chance.choice([*kinds])
        facts[f"x{place}"] = fact(kind, kinds[kind](), chance)
    inside = Writer(chance, depth=2, inside="row.")
    for place in range(chance.randint(0, 3)):
        how = chance.choice(["any", "any", "all", "none", "count"])
        logic = inside.condition()
        if place:
            logic = {chance.choice(["and", "or"]): [logic, {"var": "row.own"}]}
        facts[f"o{place}"] = fact("integer" if how == "count" else "boolean", logic, chance, over=KIDS, roll_up=how)
    facts["own"] = fact("boolean", inside.condition(), chance, over=KIDS)
    over = [name for name in facts if name.startswith("o") and name != "own"]
    rows = {
        f"row{place}": row(place, _when(chance, writer, facts, over), chance) for place in range(chance.randint(2, 5))
    }
    texts = {"staff": TEXT, "referrer": TEXT, "family": TEXT}
    hit = chance.choice(["first", "first", "exclusive", "collect"])
    table = {"order": 1, "title": TEXT, "hit": hit, "outcomes": {}, "rows": rows,
             "otherwise": {"decision": "none", "reason_code": "ELSE", "intended": True, "texts": texts},
             "when_unknown": {"decision": "waits", "reason_code": "WAITS"}}  # fmt: skip
    return {"facts": facts, "decisions": {"T": table}}


def _when(chance, writer, facts, over):
    logic = writer.condition()
    extra = [name for name in facts if name.startswith("x") and facts[name]["type"] == "boolean"]
    if over and chance.random() < 0.6:
        name = chance.choice(over)
        held = {"var": f"facts.{name}"}
        logic = {"or": [logic, {">": [held, 1]} if facts[name]["type"] == "integer" else held]}
    if extra and chance.random() < 0.5:
        logic = {"and": [logic, {"var": f"facts.{chance.choice(extra)}"}]}
    return logic


def fact(kind, logic, chance, **more):
    if kind == "boolean" and not more and chance.random() < 0.1:
        more = {"unknown_as": False, "unknown_because": "Test"}
    return {"order": 1, "label": TEXT, "type": kind, "logic": logic, **more}


def row(place, when, chance):
    texts = {"staff": TEXT, "referrer": TEXT, "family": TEXT}
    decision = chance.choice(["a", "a", "b", "c"])
    protective = {"protective": True} if chance.random() < 0.15 else {}
    argument = {"argument": {"var": f"facts.{chance.choice([*TYPES])}"}} if chance.random() < 0.3 else {}
    return {"order": place, "label": TEXT, "when": when, "decision": decision, "reason_code": f"R{place}",
            "texts": texts, **protective, **argument}  # fmt: skip
