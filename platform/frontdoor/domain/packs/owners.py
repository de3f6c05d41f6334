"""Who owns which documents, and the chain base → programme → (consortium) → authority. Source: DESIGN section 2."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.errors import NotFound, Problem
from frontdoor.domain.packs.sources import Source

_PARENTS = {
    "programme": ("base", "programme"),
    "consortium": ("programme", "consortium"),
    "authority": ("base",),
    "runs": ("programme", "consortium"),
}


@dataclass(frozen=True)
class Owner:
    """One owner: its `owner.json` and its documents. `id` is the name of its folder."""

    id: str
    file: str
    document: Mapping[str, Any]
    sources: tuple[Source, ...]

    @property
    def kind(self) -> str:
        """Return base, programme, consortium or authority."""
        return str(self.document.get("kind", ""))

    @property
    def version(self) -> str:
        """Return the version as it is written after the @."""
        return str(self.document.get("version", ""))

    @property
    def at_version(self) -> str:
        """Return `OWNER@VERSION`, as others write it in `extends`."""
        return f"{self.id}@{self.version}"

    @property
    def programmes(self) -> tuple[str, ...]:
        """Return the programmes that an authority runs, in order."""
        runs = self.document.get("programmes", {})
        return tuple(sorted(runs, key=lambda name: (runs[name].get("order", 0), name)))


@dataclass(frozen=True)
class Packs:
    """All owners and their documents. `problems` are those of the owners themselves."""

    owners: Mapping[str, Owner]
    problems: tuple[Problem, ...] = ()

    def owner(self, name: str) -> Owner:
        """Return one owner; NotFound when there is none of that name."""
        if name not in self.owners:
            raise NotFound(f"There is no owner `{name}`. Known owners: {', '.join(sorted(self.owners))}.")
        return self.owners[name]

    def programmes(self) -> tuple[str, ...]:
        """Return the ids of all programmes."""
        return tuple(sorted(owner.id for owner in self.owners.values() if owner.kind == "programme"))

    def pairs(self) -> tuple[tuple[str | None, str], ...]:
        """Return every (authority, programme) that can be live, and each programme alone as (None, programme)."""
        alone: list[tuple[str | None, str]] = [(None, programme) for programme in self.programmes()]
        run = ((owner.id, name) for owner in self.owners.values() for name in owner.programmes)
        return (*alone, *sorted(run))

    def named(self, name: str) -> tuple[str, str | None]:
        """Return the (programme, authority) that a person means by `PROGRAMME`, `AUTHORITY` or `AUTHORITY/PROGRAMME`.

        NotFound when there is no such owner, or when an authority runs several programmes and none is named.
        """
        authority, _, programme = name.partition("/")
        owner = self.owner(authority)
        if programme:
            self.chain(programme, authority)
            return programme, authority
        if owner.kind in ("base", "programme"):
            return owner.id, None
        if owner.kind == "consortium":
            above = next((one.id for one in self._upwards(owner, "") if one.kind == "programme"), "")
            return above, owner.id
        if len(owner.programmes) != 1:
            several = ", ".join(f"{owner.id}/{one}" for one in owner.programmes)
            raise NotFound(f"{owner.id} runs several programmes. Name one of them: {several}.")
        return owner.programmes[0], owner.id

    def chain(self, programme: str, authority: str | None = None) -> tuple[Owner, ...]:
        """Return the owners whose documents make the tree, base first; NotFound when the two do not belong together.

        `authority` may be a consortium, for its tree without any authority; `programme` may be the base, for the
        library alone.
        """
        last = self.owner(authority or programme)
        if last.kind == "base" and last.id == programme:
            return (last,)
        if last.kind == "authority" and programme not in last.programmes:
            raise NotFound(f"{last.id} does not run `{programme}`. It runs: {', '.join(last.programmes) or 'none'}.")
        chain = tuple(reversed(list(self._upwards(last, programme))))
        if not any(owner.id == programme and owner.kind == "programme" for owner in chain):
            raise NotFound(f"`{programme}` is no programme of {last.id}. Programmes: {', '.join(self.programmes())}.")
        return chain

    def _upwards(self, owner: Owner, programme: str) -> Iterator[Owner]:
        seen: set[str] = set()
        at: Owner | None = owner
        while at is not None and at.id not in seen:
            seen.add(at.id)
            yield at
            at = self.owners.get(_extends(at, programme).partition("@")[0])


def gather(sources: Iterable[Source]) -> Packs:
    """Return the owners of these documents; what is wrong between owners is in `problems`."""
    folders: dict[str, list[Source]] = {}
    for source in sources:
        folders.setdefault(source.owner, []).append(source)
    owners: dict[str, Owner] = {}
    problems: list[Problem] = []
    for name, found in sorted(folders.items()):
        mine = next((source for source in found if source.kind == "owner"), None)
        if mine is None:
            message = f"Add rules/{name}/owner.json: no owner of that name is known"
            problems.append(Problem("", "no_owner", message, found[0].file))
            continue
        rest = tuple(sorted((source for source in found if source is not mine), key=lambda one: one.file))
        owners[name] = Owner(name, mine.file, mine.document, rest)
    problems += [problem for owner in owners.values() for problem in _misfits(owner, owners)]
    return Packs(owners, tuple(problems))


def _extends(owner: Owner, programme: str) -> str:
    runs = owner.document.get("programmes", {})
    named = runs.get(programme, {}).get("extends") if owner.kind == "authority" else owner.document.get("extends")
    return str(named or "")


def _misfits(owner: Owner, owners: Mapping[str, Owner]) -> Iterator[Problem]:
    links = {} if owner.kind == "base" else {"/extends": str(owner.document.get("extends", ""))}
    runs = owner.document.get("programmes", {})
    links |= {f"/programmes/{name}/extends": str(entry.get("extends", "")) for name, entry in runs.items()}
    for where, link in links.items():
        name, _, version = link.partition("@")
        parent = owners.get(name)
        if parent is None:
            yield Problem(where, "unknown_owner", f"There is no owner `{name}`: name one that is shipped", owner.file)
        elif parent.kind not in _PARENTS[owner.kind if where == "/extends" else "runs"]:
            wanted = " or ".join(_PARENTS[owner.kind if where == "/extends" else "runs"])
            yield Problem(where, "wrong_owner", f"{name} is a {parent.kind}: name a {wanted}", owner.file)
        elif parent.version != version:
            message = f"{name} is at version {parent.version}: look at what changed, then write {parent.at_version}"
            yield Problem(where, "old_version", message, owner.file)
        elif _circular(owner, owners):
            yield Problem(where, "circular", "The owners extend each other in a circle: break it", owner.file)


def _circular(owner: Owner, owners: Mapping[str, Owner]) -> bool:
    seen = {owner.id}
    parent = str(owner.document.get("extends", "")).partition("@")[0]
    while parent in owners:
        if parent in seen:
            return True
        seen.add(parent)
        parent = str(owners[parent].document.get("extends", "")).partition("@")[0]
    return False
