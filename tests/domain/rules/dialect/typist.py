"""A person at the keyboard: presses buttons, fills in boxes, and never sees JSON.

`type_condition` rebuilds a clause from nothing by the buttons of its form and by typing into boxes; `type_rule_set`
a whole rule set. What they are given is only looked at, as one looks at a paper that is to be typed.
"""

from frontdoor.domain.canonical import find
from frontdoor.domain.orders import in_order
from frontdoor.domain.rules.dialect import edits, tree
from frontdoor.domain.rules.dialect.buttons import press
from frontdoor.domain.rules.dialect.drafting import draft
from frontdoor.domain.rules.dialect.drafts import blank, from_post, to_post
from frontdoor.domain.rules.dialect.finishing import finish
from frontdoor.domain.rules.dialect.names import subjects
from frontdoor.domain.rules.dialect.operators import kind_of
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.verification import set_verification, verification_boxes


def node_at(whole, at):
    for step in at:
        whole = whole.parts[step - 1]
    return whole


def address(at):
    return ".".join(["c", *map(str, at)])


def fill(whole, at, boxes):
    """Type into the boxes of one clause: what the page sends then."""
    mine = {f"{address(at)}.{name}" for name in boxes}
    sent = [pair for pair in to_post(whole) if pair[0] not in mine]
    sent += [(f"{address(at)}.{name}", value) for name, values in boxes.items() for value in values]
    return from_post(sent)


def type_condition(paper, whole=None, at=()):
    """Return the draft that has been built to look like the one on paper."""
    whole = blank() if whole is None else whole
    if node_at(whole, at).kind != paper.kind:
        whole = press(whole, f"{address(at)}:as_{paper.kind}")
    while len(node_at(whole, at).parts) > len(paper.parts):
        whole = press(whole, f"{address((*at, 1))}:remove")
    while len(node_at(whole, at).parts) < len(paper.parts):
        whole = press(whole, f"{address(at)}:add_{'case' if paper.kind == 'cases' else 'test'}")
    for place, part in enumerate(paper.parts, start=1):
        whole = type_condition(part, whole, (*at, place))
    return fill(whole, at, paper.boxes)


def type_rule(logic, names, kind="boolean"):
    """Return the rule that comes of typing what the stored logic looks like in its form."""
    found = read(logic, kind)
    assert not isinstance(found, tree.Advanced), logic
    return finish(type_condition(draft(found, names, kind)), names, kind)


def type_rule_set(paper, forms, others):
    """Return a rule set typed from nothing; what a condition may name are the forms and what has been typed so far."""
    made = edits.new_rule_set(paper["id"], paper["title"])

    def names(over=""):
        return subjects(forms, {**others, paper["id"]: made}).of_row(over)

    for section in ("parameters", "facts"):
        made = type_entries(made, paper, (section,))
    for key, fact in paper["facts"].items():
        made = type_checks(made, paper, key)
        if "logic" in fact:
            rule = type_rule(fact["logic"], names(fact.get("over", "")), kind_of(fact["type"]))
            made = edits.set_rule(made, ("facts", key), rule)
    for code in in_order(paper["decisions"]):
        made = type_table(made, paper, ("decisions", code), names())
    return made


def type_entries(made, paper, at):
    """Type the entries in order: first those in tens, then those that somebody once put between two others."""
    beside = find(paper, at, {})
    wanted = in_order(beside)
    for key in sorted(wanted, key=lambda key: (beside[key]["order"] % 10 != 0, wanted.index(key))):
        made = edits.add(made, (*at, key), edits.boxes_of(paper, (*at, key)))
        typed = in_order(find(made, at, {}))
        made = edits.move(made, (*at, key), [other for other in wanted if other in typed].index(key))
    return made


def type_checks(made, paper, key):
    fact = paper["facts"][key]
    for part in ("sources", "options"):
        made = type_entries(made, paper, ("facts", key, "verify", part))
    if "schema" in fact.get("verify", {}):
        made = set_verification(made, ("facts", key), verification_boxes(fact))
    return made


def type_table(made, paper, at, names):
    table = paper["decisions"][at[1]]
    made = edits.add(made, at, edits.boxes_of(paper, at))
    made = type_entries(made, paper, (*at, "outcomes"))
    for key in in_order(table["rows"]):
        here = (*at, "rows", key)
        made = edits.add(made, here, edits.boxes_of(paper, here), type_rule(table["rows"][key]["when"], names))
    for end in ("otherwise", "when_unknown"):
        if end in table:
            made = edits.add(made, (*at, end), edits.boxes_of(paper, (*at, end)))
    return made
