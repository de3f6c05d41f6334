"""Files that come with a form: few kinds, checked by what they are, stored encrypted, given back as downloads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Protocol

from frontdoor.domain.access import Viewer, person_token
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms.model import Form
from frontdoor.domain.submission import Draft
from frontdoor.store import files, views

LARGEST = 10 * 1024 * 1024
# The first bytes of each kind that is taken: what a file calls itself is not believed.
_KINDS: Mapping[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
}


class Sent(Protocol):
    """An uploaded file as the web floor hands it over."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True)
class Kept:
    """A stored file as its readers see it."""

    id: str
    name: str
    media_type: str
    size: int  # bytes
    content: bytes = b""

    @property
    def safe_name(self) -> str:
        """Return the name with nothing in it that a header or a file system could misread."""
        return re.sub(r"[^A-Za-z0-9._-]+", "_", self.name).strip("._") or "file"


def keep_all(
    viewer: Viewer, draft: Draft, question: str, sent: Sequence[Sent], *, at: datetime
) -> tuple[list[str], list[Problem]]:
    """Store files with the draft's readers; return their ids, and a problem at the question for each one refused."""
    return _keep(viewer, draft.tokens, question, sent, at)


def _keep(
    viewer: Viewer, tokens: tuple[str, ...], question: str, sent: Sequence[Sent], at: datetime
) -> tuple[list[str], list[Problem]]:
    ids: list[str] = []
    problems: list[Problem] = []
    for one in sent:
        content = one.stream.read(LARGEST + 1)
        kind = next((kind for kind, starts in _KINDS.items() if content.startswith(starts)), None)
        refused = _refused(content, kind)
        if refused or kind is None:
            problems.append(Problem(f"/{question}", "file", refused))
        else:
            ids.append(files.put(viewer, files.Upload(_name(one), kind, content, tokens), at=at))
    return ids, problems


def keep_for_system(viewer: Viewer, sent: Sent, *, at: datetime) -> str:
    """Store a file that a partner's system sends and return its id: only its own token may name it in an answer.

    It waits a day for a nomination that names it. Errors: `AnswersRejected`, with the same limits as on the pages.
    """
    ids, problems = _keep(viewer, (person_token(viewer.account),), "file", [sent], at)
    if problems:
        raise AnswersRejected("This file cannot be taken", problems=problems)
    return ids[0]


def hand_over(viewer: Viewer, form: Form, answers: Mapping[str, Any], tokens: Sequence[str]) -> None:
    """Let whoever may read a submission read the files in its answers too."""
    questions = [question.id for question in form.questions.values() if question.widget == "file"]
    ids = [file_id for question in questions for file_id in answers.get(question, ())]
    if ids:
        files.hand_over(viewer, ids, tokens)


def strangers(viewer: Viewer, form: Form, answers: Mapping[str, Any]) -> list[Problem]:
    """Return a problem at each file question that names a file which the viewer has not got."""
    found = []
    for question in form.questions.values():
        ids = answers.get(question.id, ()) if question.widget == "file" else ()
        if ids and set(ids) - {one.id for one in files.described(viewer, ids)}:
            message = "There is no such file. Leave it out, and add the document on the page of this nomination"
            found.append(Problem(f"/{question.id}", "file", message))
    return found


def read(viewer: Viewer, file_id: str, *, at: datetime) -> Kept:
    """Return a file to somebody who may read the record it belongs to; that it was read is recorded first."""
    found = files.get(viewer, file_id)
    views.add(viewer, "file", file_id, at)
    return Kept(found.id, found.name, found.media_type, found.size, found.content)


def known(viewer: Viewer, file_ids: Sequence[str]) -> list[Kept]:
    """Return what files within the viewer's reach are called, in the order of the ids."""
    return [Kept(one.id, one.name, one.media_type, one.size) for one in files.described(viewer, file_ids)]


def named(viewer: Viewer, form: Form, page: str, answers: Mapping[str, Any]) -> dict[str, list[Kept]]:
    """Return the names of the files that each file question of a page holds."""
    found = {}
    for question in form.on_page(page):
        if question.widget == "file":
            found[question.id] = known(viewer, answers.get(question.id, ()))
    return found


def _refused(content: bytes, kind: str | None) -> str:
    """Return why a file is refused, `""` when it is taken. Its name, which may hold a person's, is not repeated."""
    if not content:
        return "The file is empty. Choose another one"
    if len(content) > LARGEST:
        return "The file must be 10 MB or smaller. Send fewer pages, or tell us and we will ask for it"
    if kind is None:
        return "The file must be a PDF, a Word document (.docx), a JPEG or a PNG picture"
    return ""


def _name(sent: Sent) -> str:
    return (sent.filename or "file").replace("\\", "/").rpartition("/")[2][:120] or "file"
