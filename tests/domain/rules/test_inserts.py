import pytest

from frontdoor.domain.rules.inserts import filled

HELD = {"service": None, "agency": None, "needs": "two needs"}


def say(name, language):
    return HELD[name]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("Meets: {needs}", "Meets: two needs", id="a-list-that-is-announced"),
        pytest.param("Local services can help: {service}", "Local services can help", id="an-empty-list-ends-the-text"),
        pytest.param(
            "They can help: {service}. Ring them", "They can help. Ring them", id="an-empty-list-ends-a-sentence"
        ),
        pytest.param(
            "They can help: {service}; meets {needs}", "They can help; meets two needs", id="before-a-semicolon"
        ),
        pytest.param("Led by: {agency} as before", "Led by: none as before", id="nothing-within-a-sentence"),
        pytest.param("{agency} continues as lead", "none continues as lead", id="nothing-at-the-beginning"),
        pytest.param("Closed on {service}", "Closed on none", id="nothing-that-nobody-announced"),
        pytest.param("No insert: here", "No insert: here", id="no-insert"),
    ],
)
def test_an_empty_list_is_not_announced(written, words):
    assert filled({"en": written}, say) == {"en": words}


def test_nothing_is_said_in_the_language_of_the_text():
    assert filled({"cy": "{agency} sydd yn arwain"}, say) == {"cy": "dim sydd yn arwain"}
