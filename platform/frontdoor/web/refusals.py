"""What services refuse, in the reader's language: they speak English, and the catalogue knows their sentences.

A sentence that is put together from values cannot be looked up whole. Those that people meet are listed here with
their gaps; any other stays English.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from flask_babel import gettext

# What is raised or listed with a sentence for the reader, and which argument the sentence is.
_SAYS = {
    "AnswersRejected": 0,
    "Conflict": 0,
    "DocumentRejected": 0,
    "NotAllowed": 0,
    "NotFound": 0,
    "NotSignedIn": 0,
    "Problem": 2,
    "TooLongToPrint": 0,
    "TooMany": 0,
    "WrongState": 0,
}
# Lists of phrases that sentences are completed with.
_PHRASES = frozenset({"PERMISSIONS"})


def N_(sentence: str) -> str:  # noqa: N802  # the name by which gettext's tools know a sentence that is looked up later
    """Return a sentence as it is; `make words` finds it here."""
    return sentence


WITH_GAPS = (
    N_("Your role does not let you {1}. Ask your team leader."),
    N_("That was tried too often. Try again in {1} minute."),
    N_("That was tried too often. Try again in {1} minutes."),
    N_("{1} has acknowledged this alert already. Ask them how it stands."),
    N_("There is no such {1}. Check the link, or start again from your list."),
    N_("Somebody else changed this {1} first. Compare the two versions and send yours again."),
    N_("Use {1} characters or fewer"),
    N_("Use 12 to {1} characters; three random words are good"),
    N_("Enter a name of at most {1} characters"),
    N_("Enter the organisation's name, at most {1} characters"),
    N_("Enter a title of at most {1} characters, like the minute that decided it"),
    N_("Enter a number up to {1}"),
    N_("Enter a number from {1} up"),
    N_("Enter a number from {1} to {2}"),
    N_(
        "Words would stand out {1} to 1 only, too little to be read with weak sight or in the sun."
        " Choose a colour that reaches {2} to 1"
    ),
    N_("Line {1}: there is nothing of that name to insert. Insert {2}"),
    N_("Line {1}: a letter may only insert {2}, and choose with if"),
    N_("Line {1}: name a word, like words.nomination. Insert {2}"),
    N_("Choose a logo of at most {1} kB"),
    N_("This is no SVG that can be read: see {1} of the file"),
    N_("First take it out of the page “{1}”: it is shown when this holds"),
    N_("First take it out of the question “{1}”: it is asked when this holds"),
    N_("First take it out of the question “{1}”: it must be answered when this holds"),
    N_("First take it out of the condition “{1}”: it is built on this"),
    N_("These would wait for each other: {1}. Let one of them not depend on the next"),
)
_GAP = re.compile(r"\\\{\d\\\}")
_PATTERNS = tuple((re.compile(_GAP.sub("(.+)", re.escape(sentence))), sentence) for sentence in WITH_GAPS)


def told(message: str) -> str:
    """Return a service's sentence in the reader's language, or as it is where the catalogue has none.

    Never `_()` in a template: that takes the sentence for HTML and each % in it for a placeholder.
    """
    whole = str(gettext(message)) if message else ""
    if whole != message:
        return whole
    for pattern, sentence in _PATTERNS:
        filled = pattern.fullmatch(message)
        if filled:
            return str(gettext(sentence)).format("", *(gettext(value) for value in filled.groups()))
    return message


def extract(
    file: IO[bytes], _keywords: Mapping[str, Any], _tags: Collection[str], **_more: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield (line, function, sentence, comments) for `pybabel extract`: every fixed sentence that a module raises."""
    said = _Said(ast.parse(file.read()))
    for line, phrase in said.phrases:
        yield line, "", phrase, []
    for call in said.calls:
        place = _SAYS.get(call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""), -1)
        if 0 <= place < len(call.args):
            for sentence in said.sentences(call.args[place], frozenset()):
                yield call.lineno, "", sentence, []


class _Said:
    """What a module may mean by each of its names: what is assigned, what is handed over, what is returned."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        self.calls = [node for node in nodes if isinstance(node, ast.Call)]
        self.phrases = [
            (one.lineno, one.value)
            for node in nodes
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") in _PHRASES
            if isinstance(node.value, ast.Dict)
            for one in node.value.values
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        self._means: dict[str, list[ast.expr]] = {}
        for node in nodes:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._note(target.id if isinstance(target, ast.Name) else "", node.value)
        for function in (node for node in nodes if isinstance(node, ast.FunctionDef)):
            self._read(function)

    def sentences(self, value: ast.expr, seen: frozenset[str]) -> Iterator[str]:
        """Yield the fixed sentences that an expression may be; `seen` are the names that led to it."""
        if isinstance(value, ast.Constant):
            if isinstance(value.value, str) and " " in value.value:
                yield value.value
        elif isinstance(value, ast.IfExp):
            yield from self.sentences(value.body, seen)
            yield from self.sentences(value.orelse, seen)
        elif isinstance(value, ast.Name | ast.Call):
            name = value.id if isinstance(value, ast.Name) else f"{getattr(value.func, 'id', '')}()"
            for meant in self._means.get(name, []) if name not in seen else []:
                yield from self.sentences(meant, seen | {name})

    def _note(self, name: str, value: ast.expr | None) -> None:
        if value is not None:
            self._means.setdefault(name, []).append(value)

    def _read(self, function: ast.FunctionDef) -> None:
        """Note what a function of the module returns, and what its callers there hand over."""
        for node in ast.walk(function):
            if isinstance(node, ast.Return):
                self._note(f"{function.name}()", node.value)
        for call in self.calls:
            if isinstance(call.func, ast.Name) and call.func.id == function.name:
                for parameter, given in zip(function.args.args, call.args, strict=False):
                    self._note(parameter.arg, given)
