"""Every shipped rule is inside the dialect, and every shipped rule set can be typed from nothing."""

import pytest
from tests.domain.rules.dialect.typist import type_rule_set

from frontdoor import packs_dir
from frontdoor.domain.canonical import canonical, digest
from frontdoor.domain.packs import gather, resolve
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.check import check
from frontdoor.domain.rules.dialect.drafting import draft
from frontdoor.domain.rules.dialect.drafts import from_post, to_post
from frontdoor.domain.rules.dialect.finishing import finish
from frontdoor.domain.rules.dialect.names import subjects
from frontdoor.domain.rules.dialect.operators import kind_of
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.rules.dialect.writing import write
from frontdoor.store import shipped

PACKS = gather(shipped.read(packs_dir()).sources)


def live(programme):
    resolved = resolve(PACKS, programme).tree
    return Programme.from_tree(resolved, authority=None, programme=programme, number=1, digest=""), resolved["rules"]


LIVE = {name: live(name) for name in PACKS.programmes()}
RULE_SETS = {
    f"{programme}/{name}": (found, rules, name)
    for programme, (found, rules) in LIVE.items()
    for name, document in rules.items()
    if "decisions" in document
}


def written(value):
    if isinstance(value, dict):
        for key, below in value.items():
            if key in ("when", "logic"):
                yield value, key
            else:
                yield from written(below)


def every_rule():
    """Yield (where it is, the entry that holds it, its key) for each rule in rule sets, pathways and forms."""
    for programme, (_, _) in LIVE.items():
        resolved = resolve(PACKS, programme).tree
        for section in ("rules", "forms"):
            for name, document in resolved[section].items():
                for number, (entry, key) in enumerate(written(document)):
                    yield pytest.param(entry, key, id=f"{programme}-{section}-{name}-{number}")


@pytest.mark.parametrize(("entry", "key"), list(every_rule()))
def test_every_shipped_rule_is_read_and_written_back_as_it_was(entry, key):
    kind = kind_of(entry["type"]) if key == "logic" and "type" in entry else "boolean"
    found = read(entry[key], kind)
    assert not isinstance(found, tree.Advanced)
    assert canonical(write(found)) == canonical(entry[key])


def rules_of(document):
    for key, fact in document.get("facts", {}).items():
        if "logic" in fact:
            yield f"facts/{key}", fact["logic"], kind_of(fact["type"]), fact.get("over", "")
    for code, table in document["decisions"].items():
        for key, row in table["rows"].items():
            yield f"{code}/{key}", row["when"], "boolean", ""


@pytest.mark.parametrize("where", list(RULE_SETS))
def test_every_shipped_rule_passes_the_checks_and_its_form_gives_it_back(where):
    found, rules, name = RULE_SETS[where]
    known = subjects(found.forms.values(), rules)
    for at, logic, kind, over in rules_of(rules[name]):
        names, rule = known.of_row(over), read(logic, kind)
        assert check(rule, names, kind) == [], at
        assert finish(from_post(to_post(draft(rule, names, kind))), names, kind) == rule, at
        for language in ("en", "cy"):
            said = sentence(rule, names, language)
            assert said[:1] == said[:1].upper()
            assert not any(root in said for root in ("facts.", "answers.", "parameters.", "row.")), (at, said)


@pytest.mark.parametrize("where", list(RULE_SETS))
def test_every_shipped_rule_set_can_be_typed_from_nothing_and_has_the_same_hash(where):
    found, rules, name = RULE_SETS[where]
    others = {other: document for other, document in rules.items() if other != name}
    typed = type_rule_set(rules[name], found.forms.values(), others)
    assert digest(typed) == digest(rules[name])
