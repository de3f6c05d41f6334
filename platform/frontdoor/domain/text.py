"""Words in the reader's language."""

from collections.abc import Mapping

Text = Mapping[str, str]


def say(text: Text | None, language: str = "en") -> str:
    """Return the words in `language`, in English where that language has none, `""` where there are no words."""
    if not text:
        return ""
    return text.get(language) or text.get("en", "")
