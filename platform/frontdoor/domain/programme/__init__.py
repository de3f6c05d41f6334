"""One programme of one authority, as it is live: a resolved tree, parsed and compiled. Frozen; shared by requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from frontdoor.domain.calendar import Calendar, from_document
from frontdoor.domain.case import Pin
from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.pathways.clocks import Clock
from frontdoor.domain.pathways.model import Letter, Pathway, parse_pathway
from frontdoor.domain.programme.clock import programme_clocks
from frontdoor.domain.programme.documents import (
    Role,
    Team,
    ordered,
    read_letters,
    read_roles,
    read_teams,
    rule_sets,
)
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.rules.fused.recorder import Recorder
from frontdoor.domain.rules.kinds import form_kinds, form_labels
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.receipt import Receipt, Snapshot
from frontdoor.domain.rules.table import Rules
from frontdoor.domain.text import Text

__all__ = ["Letter", "Programme", "Role", "Team"]

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Programme:
    """Forms, rules, pathway, clocks, words and the rest of one (authority, programme).

    `forms` are by form id, `clocks` and `decisions` by code, `letters` by name. `pathway` is None in a tree that has
    none (a library tree); everything live has one. `authority` is `""` for the programme's own tree; `library` the id
    of the owner whose documents every other builds on.
    """

    authority: str
    programme: str
    number: int
    digest: str
    forms: Mapping[str, Form]
    rules: Rules
    clocks: Mapping[str, Clock]
    calendar: Calendar
    codes: Mapping[str, Any] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    authority_title: Text = field(default_factory=dict)
    title: Text = field(default_factory=dict)
    reference_prefix: str = "FD"
    library: str = ""
    tree: Tree = field(default_factory=dict, repr=False, compare=False)
    _pathway: Pathway | None = None

    @classmethod
    def from_tree(cls, tree: Tree, *, authority: str | None, programme: str, number: int, digest: str) -> "Programme":
        """Return the programme of a resolved tree.

        DocumentRejected with every problem, each where it is in the tree; RuleRefused for logic that cannot run. The
        tree has passed the meta-schemas; what documents name of each other is checked before publishing.
        """
        rules, themes, owner = (tree.get(part, {}) for part in ("rules", "themes", "owner"))
        codes = rules.get("codes", {}).get("lists", {})
        forms = _forms(tree, codes)
        parsed = parsed_rules(tree, forms.values())
        letters = read_letters(themes)
        return cls(
            authority=authority or "",
            programme=programme,
            number=number,
            digest=digest,
            forms=forms,
            rules=parsed,
            clocks=parsed_clocks(tree),
            calendar=from_document(rules.get("holidays", {})),
            codes=codes,
            roles=read_roles(rules.get("roles", {})),
            teams=read_teams(rules.get("teams", {}), {key: one.value for key, one in parsed.parameters.items()}),
            letters=letters,
            languages=ordered(tree.get("languages", {"en": {}})),
            authority_title=owner.get("title", {}),
            title=owner.get("programme_title", {}),
            reference_prefix=owner.get("reference_prefix", "FD"),
            library=owner.get("library", ""),
            tree=tree,
            _pathway=parse_pathway(rules["pathway"], compile_rule, letters) if "pathway" in rules else None,
        )

    @property
    def theme(self) -> Mapping[str, Any]:
        """Return the theme document: colours, typeface, header and footer."""
        return self._themes("theme")

    @property
    def notices(self) -> Mapping[str, Any]:
        """Return the notices document: duty numbers, privacy and the rest."""
        return self._themes("notices")

    @property
    def words(self) -> Mapping[str, Text]:
        """Return what the authority calls things, by glossary code."""
        words: Mapping[str, Text] = self._themes("words").get("words", {})
        return words

    @property
    def labels(self) -> Mapping[str, Text]:
        """Return the labels that the authority has changed."""
        labels: Mapping[str, Text] = self._themes("words").get("labels", {})
        return labels

    def _themes(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.tree.get("themes", {}).get(name, {})
        return found

    @property
    def pathway(self) -> Pathway:
        """Return the pathway; DocumentRejected in a tree that has none."""
        if self._pathway is None:
            raise DocumentRejected(f"Add rules/{self.programme}/pathway.json: this programme has no pathway")
        return self._pathway

    @property
    def has_pathway(self) -> bool:
        """Return whether there is a pathway: a library tree may have none."""
        return self._pathway is not None

    @property
    def pin(self) -> Pin:
        """Return the snapshot that a case pins: its number and digest."""
        return Pin(self.number, self.digest)

    @property
    def stamp(self) -> Snapshot:
        """Return the snapshot as receipts record it."""
        return Snapshot(self.authority, self.programme, self.number, self.digest)

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return the values of all parameters by id."""
        return {key: one.value for key, one in self.rules.parameters.items()}

    @cached_property
    def recorder(self) -> Recorder:
        """Return what decides with a receipt by these rules; it keeps what it learns as long as they are kept."""
        return Recorder(self.rules, self.forms)

    def receipt(self, document: Mapping[str, Any]) -> Receipt:
        """Return a stored receipt as the rules know it."""
        return Receipt.from_json(document)


def parsed_clocks(tree: Tree) -> dict[str, Clock]:
    """Return the clocks of a tree; DocumentRejected with pointers into the tree."""
    try:
        return programme_clocks(tree.get("rules", {}).get("clocks", {}).get("clocks", {}))
    except DocumentRejected as refused:
        raise DocumentRejected(refused.message, problems=_under("/rules/clocks/clocks", refused)) from refused


def parsed_rules(tree: Tree, forms: Any) -> Rules:
    """Return the rules of a tree over these parsed forms; DocumentRejected with pointers into the tree."""
    rules = tree.get("rules", {})
    try:
        return parse_rules({name: rules[name] for name in rule_sets(rules)}, form_kinds(forms), form_labels(forms))
    except DocumentRejected as refused:
        problems = [Problem(f"/rules/{one.file}{one.where}", one.code, one.message) for one in refused.problems]
        raise DocumentRejected(refused.message, problems=problems) from refused


def _forms(tree: Tree, codes: Mapping[str, Any]) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    problems: list[Problem] = []
    for name, document in tree.get("forms", {}).items():
        try:
            form = parse_form(document, codes, compile_rule)
            forms[form.id] = form
        except DocumentRejected as refused:
            problems += _under(f"/forms/{name}", refused)
    if problems:
        raise DocumentRejected("These forms cannot be used until they are put right", problems=problems)
    return forms


def _under(where: str, refused: DocumentRejected) -> list[Problem]:
    found = refused.problems or (Problem("", refused.code, refused.message),)
    return [Problem(where + one.where, one.code, one.message) for one in found]
