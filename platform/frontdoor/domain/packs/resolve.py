"""One flat tree from a chain of owners: whole documents, then overlays on what was inherited, owner by owner.

The tree: `{"forms": {NAME: document}, "rules": {…}, "themes": {…}, "languages": {…}, "owner": {…}}`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Conflict, DocumentRejected, Problem
from frontdoor.domain.overlay import Layered, Overlay, apply, original, replaced
from frontdoor.domain.packs.owners import Owner, Packs
from frontdoor.domain.packs.parts import Inlined, inline, urn
from frontdoor.domain.packs.policy import for_document, forbids_whole
from frontdoor.domain.packs.sources import SECTIONS, Source
from frontdoor.domain.schemas import did_you_mean

Place = tuple[str, str]


@dataclass(frozen=True)
class Resolved:
    """A tree, where each of its values comes from, and everything that stood in the way."""

    tree: Mapping[str, Any]
    chain: tuple[Owner, ...]
    problems: tuple[Problem, ...]
    documents: Mapping[Place, Layered]
    files: Mapping[tuple[str, str, str], Source]
    from_parts: Mapping[Place, Mapping[str, tuple[str, str]]]

    def origins(self) -> dict[str, dict[str, str]]:
        """Return who set each value and why, by pointer into the tree: `{"owner", "version", "because"}`."""
        return {
            pointer((section, name)) + at: {"owner": one.owner, "version": one.version, "because": one.because}
            for (section, name), layered in self.documents.items()
            for at, one in layered.origins.items()
        }

    def policies(self) -> dict[str, Mapping[str, str]]:
        """Return what each owner above the last lets nobody change, by pointer into the tree."""
        return {owner.id: owner.document["policy"] for owner in self.chain[:-1] if owner.document.get("policy")}

    def locate(self, where: str) -> tuple[str, str]:
        """Return the file and the pointer in it that set what the tree holds at `where`."""
        place, inside = self.place(where)
        layered = self.documents.get(place)
        if layered is None:
            return self.chain[-1].file, ""
        origin = layered.origin(inside)
        owner = origin.owner if origin else self._first_owner(place)
        source = self.files.get((owner, *place))
        if source is None:
            return self.chain[-1].file, ""
        if source.kind == "overlay":
            return source.file, f"/changes{inside}"
        return self._in_part(place, inside) or (source.file, inside)

    def place(self, where: str) -> tuple[Place, str]:
        """Return the section and name of the document that a pointer into the tree is in, and the pointer inside."""
        section, _, rest = where.removeprefix("/").partition("/")
        name, _, inside = rest.partition("/")
        return (section, name.replace("~1", "/")), f"/{inside}" if inside else ""

    def _first_owner(self, place: Place) -> str:
        mine = [owner.id for owner in self.chain if (owner.id, *place) in self.files]
        return mine[0] if mine else ""

    def _in_part(self, place: Place, inside: str) -> tuple[str, str] | None:
        parts = self.from_parts.get(place, {})
        found = [at for at in parts if inside == at or inside.startswith(at + "/")]
        if not found:
            return None
        longest = max(found, key=len)
        file, at = parts[longest]
        return file, at + inside.removeprefix(longest)


@dataclass
class _Work:
    chain: tuple[Owner, ...]
    known: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    documents: dict[Place, Layered] = field(default_factory=dict)
    reach: dict[Place, list[str]] = field(default_factory=dict)
    files: dict[tuple[str, str, str], Source] = field(default_factory=dict)
    library: dict[str, Source] = field(default_factory=dict)
    from_parts: dict[Place, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    policies: list[tuple[Owner, Mapping[str, str]]] = field(default_factory=list)


def resolve(packs: Packs, programme: str, authority: str | None = None) -> Resolved:
    """Return the tree of (authority, programme), or of the programme alone; every problem, none raised.

    NotFound when the authority does not run the programme. `authority` may be a consortium.
    """
    work = _Work(packs.chain(programme, authority), frozenset(packs.owners))
    for owner in work.chain:
        _add_level(owner, work)
    tree: dict[str, Any] = {section: {} for section in SECTIONS}
    for (section, name), layered in sorted(work.documents.items()):
        tree[section][name] = dict(layered.document)
    tree["languages"] = _nearest(work.chain, "languages") or {"en": {"order": 10}}
    tree["owner"] = _about(work.chain, programme, authority)
    return Resolved(tree, work.chain, tuple(work.problems), work.documents, work.files, work.from_parts)


def _add_level(owner: Owner, work: _Work) -> None:
    work.library.update({urn(source): source for source in owner.sources if source.kind == "part"})
    for source in owner.sources:
        if source.kind not in ("part", "overlay", "owner", ""):
            _add_whole(owner, source, work)
    for source in owner.sources:
        if source.kind == "overlay":
            _add_overlay(owner, source, work)
    work.policies.append((owner, owner.document.get("policy", {})))
    for place, layered in work.documents.items():
        work.reach[place].append(owner.at_version)
        work.documents[place] = replace(layered, owner=owner.id, version=owner.version)


def _add_whole(owner: Owner, source: Source, work: _Work) -> None:
    place = source.target
    if place in work.documents:
        message = f"`{source.name}` is inherited: write an overlay with `extends`, `because` and `changes`"
        work.problems.append(Problem("", "inherited", message, source.file))
        return
    locked_by = forbids_whole(work.policies, place)
    if locked_by:
        message = f"{locked_by} keeps `{source.name}` for itself: take this document out"
        work.problems.append(Problem("", "locked", message, source.file))
        return
    inlined = inline(source, work.library) if source.section == "forms" else Inlined(dict(source.document), (), {})
    work.problems += inlined.problems
    work.from_parts[place] = inlined.from_parts
    work.documents[place] = original(inlined.document, owner.id, owner.version)
    work.reach[place] = []
    work.files[(owner.id, *place)] = source


def _add_overlay(owner: Owner, source: Source, work: _Work) -> None:
    extends = str(source.document["extends"])
    if extends.partition("@")[0] not in {one.id for one in work.chain[:-1]}:
        # An authority that runs several programmes keeps the overlays of all of them in one folder.
        if extends.partition("@")[0] not in work.known:
            work.problems.append(Problem("/extends", "unknown_owner", f"There is no owner `{extends}`", source.file))
        return
    place = source.target
    under = work.documents.get(place)
    if under is None:
        work.problems.append(Problem("", "nothing_inherited", _nothing(source, place, work), source.file))
    elif extends not in work.reach[place]:
        message = f"Look at what changed, then extend {work.reach[place][-1] if work.reach[place] else 'nothing'}"
        work.problems.append(Problem("/extends", "old_version", message, source.file))
    else:
        work.files[(owner.id, *place)] = source
        work.problems += _apply(owner, source, under, work)


def _apply(owner: Owner, source: Source, under: Layered, work: _Work) -> Iterator[Problem]:
    document = source.document
    guarded = replace(under, policies=for_document(work.policies, source.target))
    try:
        overlay = Overlay(
            owner.id,
            owner.version,
            f"{under.owner}@{under.version}",
            str(document.get("because", "")),
            document.get("changes", {}),
            {at: str(value).removeprefix("sha256:") for at, value in document.get("replaces", {}).items()},
        )
        work.documents[source.target] = apply(guarded, overlay)
    except DocumentRejected as refused:
        for found in refused.problems or (Problem("", refused.code, refused.message),):
            # A policy on the whole document has the empty pointer; its name says more.
            message = found.message.replace("``", f"`{'/'.join(source.target)}`")
            yield Problem(found.where, found.code, message, source.file)
    except Conflict as conflict:
        for at in conflict.theirs if isinstance(conflict.theirs, Mapping) else {"": None}:
            message = "The original has changed since: look at both values, keep one, and record its digest anew"
            yield Problem(f"/replaces{pointer((at,))}", "original_changed", message, source.file)
    yield from _unrecorded(source, under)


def _unrecorded(source: Source, under: Layered) -> Iterator[Problem]:
    """Yield a problem for each value that the overlay replaces without recording what it was."""
    recorded = tuple(source.document.get("replaces", {}))
    for at, was in replaced(under.document, source.document.get("changes", {})).items():
        if not any(at == one or at.startswith(one + "/") for one in recorded):
            message = f'Record what is replaced: put "{at}": "sha256:{was}" under `replaces`'
            yield Problem("/replaces", "not_recorded", message, source.file)


def _nothing(source: Source, place: Place, work: _Work) -> str:
    if place[1] in {part.name for part in work.library.values()}:
        return "A library part is inlined where it is used: change the questions of the form instead"
    names = sorted(name for section, name in work.documents if section == place[0])
    return f"Nothing called `{place[1]}` is inherited{did_you_mean(place[1], names)}"


def _nearest(chain: Iterable[Owner], key: str) -> Any:
    found = [owner.document[key] for owner in chain if key in owner.document]
    return found[-1] if found else None


def _about(chain: tuple[Owner, ...], programme: str, authority: str | None) -> dict[str, Any]:
    last = chain[-1]
    title: Mapping[str, str] = next((owner.document.get("title", {}) for owner in chain if owner.id == programme), {})
    about = {
        "programme": programme,
        "programme_title": title,
        "library": chain[0].id,
        "title": last.document.get("title", {}),
        "timezone": _nearest(chain, "timezone") or "Europe/London",
        "reference_prefix": last.document.get("programmes", {}).get(programme, {}).get("reference_prefix", "FD"),
    }
    return {**about, "authority": authority} if authority else about
