"""Letters that a configurer edits, rendered in a sandbox: they may insert what is offered and do nothing else.

A template is read before it ever runs: it may insert a name and choose with `if`. There is no loop, call, filter or
arithmetic, so each ends at once and cannot grow, whatever it holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.programme import Letter, Programme
from frontdoor.domain.text import say

OFFERED = ("reference", "authority", "words", "contact")
_LONGEST = 20_000
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.If,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A rendered letter in one language."""

    subject: str
    body: str


def render(programme: Programme, letter: Letter, *, reference: str, language: str) -> Text:
    """Return the letter's subject and body. It can name the reference, the authority and general words: no person."""
    offered = {
        "reference": reference,
        "authority": say(programme.authority_title, language),
        "words": {key: say(text, language) for key, text in programme.words.items()},
        "contact": dict(programme.notices.get("contact", {})),
    }
    return Text(_filled(say(letter.subject, language), offered), _filled(say(letter.body, language), offered))


def check(template: str) -> list[Problem]:
    """Return what is wrong with a template's text, each with its line: syntax, or what a letter may not do."""
    found = list(_faults(template))
    if found:
        return found
    sample = {"reference": "ABC-1234-5678-9", "authority": "", "words": _Anything(), "contact": _Anything()}
    try:
        _filled(template, sample)
    except DocumentRejected as rejected:
        return list(rejected.problems)
    return []


def _faults(template: str) -> Iterator[Problem]:
    if len(template) > _LONGEST:
        yield Problem("/body", "too_long", "Shorten the letter")
        return
    try:
        read = _environment().parse(template)
        found = [(node, problem) for node in _every(read) if (problem := _fault(node))]
    except TemplateSyntaxError as error:
        yield Problem("/body", "template", f"Line {error.lineno}: close what is opened, like {{{{ reference }}}}")
    except RecursionError:
        yield Problem("/body", "template", "Line 1: take out what is put inside one another so many times")
    else:
        yield from (Problem("/body", "template", f"Line {node.lineno}: {problem}") for node, problem in found)


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    yield from node.find_all(nodes.Node)


def _fault(node: nodes.Node) -> str:
    """Return what a letter may not do here, `""` where it may."""
    offered = ", ".join(OFFERED)
    if not isinstance(node, _ALLOWED):
        return f"a letter may only insert {offered}, and choose with if"
    if isinstance(node, nodes.Name) and node.name not in OFFERED:
        return f"there is nothing of that name to insert. Insert {offered}"
    reached: object = node.attr if isinstance(node, nodes.Getattr) else "word"
    if isinstance(node, nodes.Getitem):
        reached = node.arg.value if isinstance(node.arg, nodes.Const) else None
    if not isinstance(reached, str) or reached.startswith("_"):
        return f"name a word, like words.nomination. Insert {offered}"
    return ""


class _Anything(dict[str, str]):
    """Offers every word while a template is checked; which words exist is the words document's own check."""

    def __missing__(self, key: str) -> str:
        return key


def _filled(template: str, offered: Mapping[str, object]) -> str:
    try:
        text = _compiled(template).render(offered)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        problem = Problem(
            "/body",
            "template",
            f"This letter cannot be written out ({type(error).__name__}). It may insert {', '.join(OFFERED)} only",
        )
        raise DocumentRejected("A letter's template has to be put right", problems=[problem]) from None
    if len(text) > _LONGEST:
        raise DocumentRejected("A letter is too long", problems=[Problem("/body", "too_long", "Shorten the letter")])
    return text


@lru_cache(maxsize=256)
def _compiled(template: str) -> Template:
    found = list(_faults(template))
    if found:
        raise DocumentRejected("A letter's template has to be put right", problems=found)
    return _environment().from_string(template)


def _environment() -> ImmutableSandboxedEnvironment:
    # Letters leave as plain text; nothing in them is ever put into a page unescaped.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    return environment
