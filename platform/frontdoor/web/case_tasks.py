"""What waits on a case for somebody, in words."""

from dataclasses import dataclass

from flask_babel import gettext as _

from frontdoor.domain.case import Task
from frontdoor.services.casefile import CaseFile
from frontdoor.web.case_words import decision_title
from frontdoor.web.pages import spoken


@dataclass(frozen=True)
class TaskLine:
    """Something that waits on the case, in words; `seen` when looking at it is all it asks."""

    task: Task
    words: str
    seen: bool


def task_lines(file: CaseFile) -> list[TaskLine]:
    """Return what waits on the case."""
    return [TaskLine(task, _task_words(file, task), task.kind in _SEEN) for task in file.case.tasks if not task.done_at]


_SEEN = frozenset({"reply", "amended", "overdue"})


def _task_words(file: CaseFile, task: Task) -> str:
    title = decision_title(file.programme, str(task.about.get("decision", "")))
    clock = file.programme.clocks.get(str(task.about.get("clock", "")))
    words = {
        "reply": _("The sender has replied to a question."),
        "amended": _("The sender has changed what they sent."),
        "overdue": _("A clock has run out: %(clock)s.", clock=spoken(clock.label) if clock else ""),
        "contradiction": _("%(title)s: a later fact contradicts what was confirmed.", title=title),
        "countersign": _("%(title)s: somebody asks to lower a safeguarding outcome.", title=title),
    }
    return str(words.get(task.kind, task.kind.replace("_", " ")))
