"""The text of a fused function as it grows: lines, and how far they are indented."""

from collections.abc import Iterator
from contextlib import contextmanager


class Source:
    """Lines of Python. `names` are the locals that were given a value, so that another branch can give them one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.level = 1
        self.names: dict[str, str] = {}

    def add(self, *lines: str) -> None:
        """Add lines at this level."""
        self.lines += ["    " * self.level + line for line in lines]

    def give(self, name: str, value: str, *, otherwise: str = "None") -> str:
        """Give a local a value; `otherwise` is its value where this branch is not taken. Return the name."""
        self.add(f"{name} = {value}")
        self.names[name] = otherwise
        return name

    @contextmanager
    def under(self, head: str) -> Iterator[None]:
        """Add what follows below a line such as `if x:`; a body of nothing is `pass`."""
        self.add(head)
        self.level += 1
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.add("pass")
        self.level -= 1
