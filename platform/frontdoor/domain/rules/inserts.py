"""`{fact}` in reason texts: what each may name, and how it is filled in.

Referrer and family texts carry nothing the reader did not supply, so they may name parameters only. Source: DESIGN 4.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from frontdoor.domain.rules.printing import nothing
from frontdoor.domain.rules.table import Fact, Parameter, Row
from frontdoor.domain.schemas import did_you_mean
from frontdoor.domain.text import Text

_INSERT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# An insert with the colon that announces it, if any; `last` is there when its sentence ends with it.
_ANNOUNCED = re.compile(r"(?P<announced>:\s*)?\{(?P<name>[a-z][a-z0-9_]*)\}(?P<last>(?=\s*(?:$|[.;])))?")
STAFF_ONLY = frozenset({"checks", "argument"})


def inserted(text: Text) -> frozenset[str]:
    """Return the names that a text inserts, in any language."""
    return frozenset(name for words in text.values() for name in _INSERT.findall(words))


def filled(text: Text, say: Callable[[str, str], str | None]) -> dict[str, str]:
    """Return the text with every insert replaced by `say(name, language)`, None where there is nothing to insert.

    A list that is announced and empty is not announced: "Local services can help: {service}" then ends after "help".
    Inside a sentence the word for none stands in its place.
    """

    def words(language: str, written: str) -> str:
        def insert(found: re.Match[str]) -> str:
            said = say(found["name"], language)
            if said is None and found["announced"] and found["last"] is not None:
                return ""
            return f"{found['announced'] or ''}{nothing(language) if said is None else said}"

        return _ANNOUNCED.sub(insert, written)

    return {language: words(language, written) for language, written in text.items()}


def insert_problems(
    row: Row, at: str, parameters: Mapping[str, Parameter], facts: Mapping[str, Fact]
) -> Iterator[tuple[str, str, str]]:
    """Yield `(pointer, code, message)` for every insert that the row's texts may not have."""
    audiences = {"staff": row.texts.staff, "referrer": row.texts.referrer, "family": row.texts.family}
    for audience, text in audiences.items():
        where = f"{at}/texts/{audience}"
        if any(brace in _INSERT.sub("", words) for words in text.values() for brace in "{}"):
            yield where, "broken_insert", "Write an insert as `{name}`: a brace stands here by itself, or holds no name"
        for name in sorted(inserted(text)):
            if name in parameters:
                continue
            if name not in facts and name not in STAFF_ONLY:
                near = did_you_mean(name, [*parameters, *facts])
                yield where, "unknown_insert", f"There is no fact or parameter `{name}` to insert{near}"
            elif audience != "staff":
                message = f"`{{{name}}}` would tell the {audience} what others hold: insert parameters only"
                yield where, "insert_refused", message
            elif name in facts and facts[name].of_row:
                yield where, "unknown_insert", f"`{name}` belongs to rows: insert a fact that rolls it up"
