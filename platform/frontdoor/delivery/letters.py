"""Letters that a configurer edits, rendered in a sandbox: they may insert what is offered and do nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.programme import Letter, Programme
from frontdoor.domain.text import say

OFFERED = ("reference", "authority", "words", "contact")
_LONGEST = 20_000


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
    """Return what is wrong with a template's text: syntax, or a name that letters are not offered."""
    sample = {"reference": "ABC-1234-5678-9", "authority": "", "words": _Anything(), "contact": _Anything()}
    try:
        _filled(template, sample)
    except DocumentRejected as rejected:
        return list(rejected.problems)
    return []


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
    # Letters leave as plain text; nothing in them is ever put into a page unescaped.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    return environment.from_string(template)
