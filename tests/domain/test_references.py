import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.errors import NotFound, RuleFailed
from frontdoor.domain.references import ALPHABET, RANDOM_BYTES, issue, parse

PREFIXES = st.text("ABCDEFGHJKMNPQRSTVWXYZ", min_size=1, max_size=6)
RANDOM = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
REFERENCES = st.builds(issue, PREFIXES, RANDOM)


def plain(reference):
    return str(reference).replace("-", "")


def accepted(text, prefix):
    """Return whether `text` passes as a reference of this prefix."""
    try:
        return parse(text).prefix == prefix
    except NotFound:
        return False


@given(REFERENCES)
def test_a_reference_comes_back_from_its_own_text(reference):
    assert parse(str(reference)) == reference


@given(REFERENCES, st.sampled_from([str.lower, str.title]), st.sampled_from(["", " ", "-", " \u2013 ", "\u00a0"]))
def test_case_spaces_and_hyphens_do_not_matter(reference, case, gap):
    assert parse(case(str(reference)).replace("-", gap)) == reference


@given(REFERENCES, st.sampled_from("IlL"))
def test_o_reads_as_nought_and_i_or_l_as_one(reference, one):
    body = plain(reference)[len(reference.prefix) :]
    assert parse(reference.prefix + body.replace("0", "o").replace("1", one)) == reference


@given(REFERENCES, st.data())
def test_one_wrong_symbol_is_caught(reference, data):
    text = plain(reference)
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from([symbol for symbol in ALPHABET if symbol != text[at]]))
    with pytest.raises(NotFound):
        parse(text[:at] + wrong + text[at + 1 :])


@given(REFERENCES, st.data())
def test_two_exchanged_symbols_are_caught_even_when_they_are_not_neighbours(reference, data):
    text = list(plain(reference))
    one, other = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=2, max_size=2, unique=True))
    exchanged = text[one] != text[other]
    text[one], text[other] = text[other], text[one]
    assert accepted("".join(text), reference.prefix) is not exchanged


def test_a_reference_looks_like_this():
    assert str(issue("DER", bytes([0, 1, 2, 3, 255]))) == "DER-000G-40ZZ-S"
    assert parse("der ooog 4ozz s").body == "000G40ZZ"


@given(st.lists(RANDOM, min_size=2, max_size=2, unique=True))
def test_different_bytes_give_different_references(pair):
    assert issue("FD", pair[0]) != issue("FD", pair[1])


@pytest.mark.parametrize("prefix", ["", "ifip", "FRONT", "D1", "TOOLONGX", "der", "FD "])
def test_a_prefix_that_can_be_misread_is_refused(prefix):
    with pytest.raises(RuleFailed, match="without I, L, O and U"):
        issue(prefix, bytes(RANDOM_BYTES))


def test_too_few_random_bytes_are_refused():
    with pytest.raises(RuleFailed, match="5 random bytes"):
        issue("FD", b"1234")


@pytest.mark.parametrize(
    "text",
    ["", "-", "DER", "000000000", "DER-000G-40ZZ", "DER-UUUU-UUUU-U", "DER-000G-40ZZ-!", "D\u0415R-0000-0000-0"],
)
def test_what_is_no_reference_is_not_found_and_not_repeated(text):
    with pytest.raises(NotFound) as refused:
        parse(text)
    assert len(text) < 2 or text not in refused.value.message
