"""A record as it is printed: one model for the page and the PDF, in parts of answers, tables and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from frontdoor.domain.errors import FrontDoorError
from frontdoor.domain.forms.display import Line, Section

_WIDEST = 5  # columns that stand beside each other on a sheet of A4
_LONGEST_CELL = 90  # characters
_NOT_ASKED = "\u2013"  # in a table, of a row that is not asked this
LARGEST = 400_000  # characters of a PDF; 3,000 rows of a table, or 150 pages of prose
_OF_A_CELL = 120  # characters that setting a cell costs, on top of its own


class TooLongToPrint(FrontDoorError):
    """A record that is longer than a PDF may be; the page has no such limit."""

    code = "too_long_to_print"


@dataclass(frozen=True)
class Answer:
    """One question and its answer."""

    label: str
    text: str
    answered: bool = True


@dataclass(frozen=True)
class Answers:
    """Questions and answers below each other; `heading` names the row of a group that they are about."""

    lines: tuple[Answer, ...]
    heading: str = ""
    kind: str = "answers"


@dataclass(frozen=True)
class Table:
    """The rows of a group beside each other: the first cell of each is what the row is called."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


@dataclass(frozen=True)
class Words:
    """Running text, a paragraph each."""

    paragraphs: tuple[str, ...]
    kind: str = "words"


Block = Answers | Table | Words


@dataclass(frozen=True)
class Part:
    """One part under a heading of its own; a letter has one part with none."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Printout:
    """A whole record, ready to be laid out.

    `about` are labels with what they say, such as who completed it; `marking` stands on every page (`""` for none);
    `left_out` says that the copy holds less than the record; `signed_by` are those who sign it by hand.
    """

    title: str
    reference: str
    language: str
    authority: str
    parts: tuple[Part, ...]
    about: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    left_out: str = ""
    signed_by: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The name of its file: the reference, and nothing else that a stranger could read."""
        return f"{self.reference}.pdf"

    @property
    def size(self) -> int:
        """How much there is to set, in characters; a cell counts for more than what it holds."""
        return sum(_size(block) for part in self.parts for block in part.blocks)

    def must_fit(self) -> None:
        """Raise `TooLongToPrint` for more than a PDF may hold."""
        if self.size > LARGEST:
            raise TooLongToPrint("This is too long for a PDF. Read it as a page, or print the page from your browser.")


def parts_of(sections: Sequence[Section], group_titles: dict[str, str]) -> tuple[Part, ...]:
    """Return sections of answers as parts; rows that are short and alike become a table."""
    return tuple(Part(section.title, tuple(_blocks(section.lines, group_titles))) for section in sections)


def _blocks(lines: Sequence[Line], titles: dict[str, str]) -> Iterator[Block]:
    for group, found in groupby(lines, key=lambda line: line.group):
        run = list(found)
        if not group:
            yield Answers(tuple(_answer(line) for line in run))
            continue
        rows = [list(row) for _, row in groupby(run, key=lambda line: line.row)]
        table = _table(titles.get(group, ""), rows)
        yield from (
            [table] if table else [Answers(tuple(_answer(line) for line in row), row[0].row_title) for row in rows]
        )


def _table(heading: str, rows: list[list[Line]]) -> Table | None:
    """Return rows as a table, None where they would not read well as one."""
    columns = list(dict.fromkeys((line.question, line.label) for row in rows for line in row))
    longest = max(len(line.answer) for row in rows for line in row)
    if len(rows) < 2 or len(columns) >= _WIDEST or longest > _LONGEST_CELL:
        return None
    cells = [{line.question: line.answer for line in row} for row in rows]
    told = tuple(
        (row[0].row_title, *(cell.get(question, _NOT_ASKED) for question, _ in columns))
        for row, cell in zip(rows, cells, strict=True)
    )
    return Table(heading, ("", *(label for _, label in columns)), told)


def _answer(line: Line) -> Answer:
    return Answer(line.label, line.answer, line.answered)


def _size(block: Block) -> int:
    if isinstance(block, Table):
        return sum(len(cell) + _OF_A_CELL for row in block.rows for cell in row)
    if isinstance(block, Answers):
        return sum(len(line.label) + len(line.text) + _OF_A_CELL for line in block.lines)
    return sum(map(len, block.paragraphs))
