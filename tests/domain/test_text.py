"""Words in the reader's language."""

import pytest

from frontdoor.domain.text import say


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        pytest.param({"en": "Name", "cy": "Enw"}, "cy", "Enw", id="in-the-language"),
        pytest.param({"en": "Name"}, "cy", "Name", id="english-where-there-is-none"),
        pytest.param({"en": "Name", "cy": ""}, "cy", "Name", id="english-where-it-is-empty"),
        pytest.param({}, "en", "", id="no-words"),
        pytest.param(None, "en", "", id="no-text"),
    ],
)
def test_text_is_said_in_the_language_or_in_english(text: dict[str, str] | None, language: str, words: str) -> None:
    assert say(text, language) == words
