"""Loading a release: each (authority, programme) that the packs describe gets a published snapshot.

The first release is published at once, for there is nothing yet that anybody relies on. A later release whose documents
differ opens a draft for each authority: nobody is moved silently.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from frontdoor import packs_dir
from frontdoor.domain.access import system_viewer
from frontdoor.domain.canonical import digest
from frontdoor.domain.change import Change, Snapshot, Step
from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.packs import Packs, Resolved, gather, resolve
from frontdoor.services import check
from frontdoor.services.identity import new_id
from frontdoor.store import changes, shipped, snapshots

_TITLE = "Release "
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """What became of one (authority, programme): `published`, `unchanged` or `drafted`."""

    authority: str
    programme: str
    outcome: str
    number: int


def packs_in(root: Path) -> Packs:
    """Return the packs of a folder of forms/, rules/ and themes/. Errors: `DocumentRejected` naming each file."""
    read = shipped.read(root)
    packs = gather(read.sources)
    problems = (*read.problems, *packs.problems)
    if problems:
        raise DocumentRejected("These packs cannot be loaded until they are put right", problems=problems)
    return packs


def load_shipped(root: Path, release: str, *, at: datetime) -> list[Loaded]:
    """Load every authority's programmes from a folder of packs. Nothing is published from packs that fail a check."""
    packs, logos = packs_in(root), _logos(root)
    resolved = [
        (authority, programme, _with_logo(resolve(packs, programme, authority), logos))
        for authority, programme in packs.pairs()
        if authority is not None
    ]
    problems = check.once(problem for _, _, one in resolved for problem in check.resolved_problems(one))
    if problems:
        raise DocumentRejected("These packs cannot be loaded until they are put right", problems=problems)
    made = [_snapshot(authority, programme, one, release, at) for authority, programme, one in resolved]
    return [_load(snapshot, root, at) for snapshot in made]


def candidate(change: Change, *, at: datetime) -> Snapshot:
    """Return what a release's packs hold for the authority of its draft change, as a snapshot that is not published.

    Errors: `DocumentRejected` when the packs fail a check, or are no longer where they were loaded from.
    """
    root = Path(next((step.note for step in change.steps if step.what == "begun" and step.note), packs_dir()))
    if not root.is_dir():
        raise DocumentRejected("The packs of this release are no longer where they were. Load it again.")
    resolved = _with_logo(resolve(packs_in(root), change.programme, change.authority), _logos(root))
    problems = list(check.resolved_problems(resolved))
    if problems:
        raise DocumentRejected("The packs of this release cannot be used until they are put right", problems=problems)
    release = change.title.removeprefix(_TITLE)
    return _snapshot(change.authority, change.programme, resolved, release, at)


def _logos(root: Path) -> dict[str, str]:
    return {owner: path.read_text("utf-8") for owner, path in shipped.read(root).logos}


def _with_logo(resolved: Resolved, logos: Mapping[str, str]) -> Resolved:
    """Return the configuration with the nearest owner's logo in it: what is published needs no file beside it."""
    drawings = [logos[owner.id] for owner in resolved.chain if owner.id in logos]
    return replace(resolved, tree={**resolved.tree, "logo": {"svg": drawings[-1]}}) if drawings else resolved


def _load(snapshot: Snapshot, root: Path, at: datetime) -> Loaded:
    authority, programme = snapshot.authority, snapshot.programme
    if programme not in snapshots.programmes(authority):
        # Nothing was in force before the first, and a contact of last week may still have to be written down.
        snapshots.add(replace(snapshot, live_from=_ALWAYS))
        return Loaded(authority, programme, "published", snapshot.number)
    newest = snapshots.newest(authority, programme)
    if newest.shipped_digest == snapshot.digest:
        return Loaded(authority, programme, "unchanged", newest.number)
    inside = system_viewer(authority)
    drafts = [one for one in changes.all_of(inside) if one.kind == "release" and one.programme == programme]
    if any(_answers(one, snapshot) for one in drafts):
        return Loaded(authority, programme, "unchanged", newest.number)
    for one in drafts:
        if one.is_open:
            step = Step(at, "system", "Front Door", "withdrawn", snapshot.because)
            after = replace(one, state="withdrawn", steps=(*one.steps, step))
            changes.replace(inside, after, expected_revision=one.revision)
    changes.add(inside, _release_change(snapshot, newest, root, at))
    return Loaded(authority, programme, "drafted", newest.number)


def _answers(draft: Change, snapshot: Snapshot) -> bool:
    """Return whether a draft for this release waits, was given up, or was published and rolled back since."""
    if draft.published is not None:
        made = snapshots.get(snapshot.authority, snapshot.programme, draft.published)
        return made.shipped_digest == snapshot.digest
    return draft.title == snapshot.because


def _snapshot(authority: str, programme: str, resolved: Resolved, release: str, at: datetime) -> Snapshot:
    return Snapshot(
        authority=authority,
        programme=programme,
        number=1,
        digest=digest(resolved.tree),
        shipped_digest=digest(resolved.tree),
        tree=resolved.tree,
        live_from=at,
        published_at=at,
        published_by="system",
        because=_TITLE + release,
        origins=resolved.origins(),
        policies=resolved.policies(),
        release=release,
    )


def _release_change(snapshot: Snapshot, newest: Snapshot, root: Path, at: datetime) -> Change:
    where = "" if root.resolve() == packs_dir().resolve() else str(root.resolve())
    return Change(
        id=new_id(),
        authority=snapshot.authority,
        programme=snapshot.programme,
        title=snapshot.because,
        kind="release",
        state="draft",
        base=newest.number,
        created_at=at,
        created_by="system",
        steps=(Step(at, "system", "Front Door", "begun", where),),
    )


def bundle(snapshot: Snapshot) -> Mapping[str, Any]:
    """Return one snapshot as a configuration bundle: its tree with origins, policies and the authority's edits."""
    return {
        "format": "frontdoor-bundle-1",
        "authority": snapshot.authority,
        "programme": snapshot.programme,
        "number": snapshot.number,
        "digest": snapshot.digest,
        "release": snapshot.release,
        "because": snapshot.because,
        "tree": snapshot.tree,
        "origins": snapshot.origins,
        "policies": snapshot.policies,
        "edits": [asdict(edit) for edit in snapshot.edits],
    }
