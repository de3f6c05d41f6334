"""Words in the reader's language, or marked as being in another one."""

from collections.abc import Iterable, Mapping
from html import escape

Text = Mapping[str, str]
_FALLBACK = "en"


class Borrowed(str):
    """English words in a page of another language, for want of their own.

    A page that prints them marks them, so that they are read aloud as English (WCAG 3.1.2): whatever escapes text for
    HTML asks for `__html__`. Where no element may stand, in an attribute or a list's option, print `str()` of them.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return the words as an element of HTML that names their language."""
        return f'<span lang="{_FALLBACK}">{escape(str(self))}</span>'


def say(text: Text | None, language: str = "en") -> str:
    """Return the words in `language`, in English where that language has none, `""` where there are no words."""
    if not text:
        return ""
    return text.get(language) or in_fallback(text.get(_FALLBACK, ""), language)


def in_fallback(words: str, language: str) -> str:
    """Return English words for somebody who reads `language`: `Borrowed` unless that is English, or there are none."""
    return words if language == _FALLBACK or not words else Borrowed(words)


def like(first: str, words: str) -> str:
    """Return `words` that were made of `first`, borrowed if that is."""
    return Borrowed(words) if isinstance(first, Borrowed) else words


def listed(parts: Iterable[str]) -> str:
    """Return words with commas between them, borrowed if all of them are."""
    found = list(parts)
    whole = ", ".join(found)
    return Borrowed(whole) if found and all(isinstance(part, Borrowed) for part in found) else whole
