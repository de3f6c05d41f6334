import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.identifiers import KINDS, check, shown, tidy, warnings

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        pytest.param("nhs", "943 476 5919", "valid", id="nhs"),
        pytest.param("nhs", "943\u00a0476\u00a05919 ", "valid", id="nhs-with-pasted-spaces"),
        pytest.param("nhs", "9434765918", "invalid / CHECK_DIGIT", id="nhs-one-digit-off"),
        pytest.param("nhs", "9434769519", "invalid / CHECK_DIGIT", id="nhs-digits-exchanged"),
        pytest.param("nhs", "0000000060", "invalid / CHECK_DIGIT", id="nhs-check-of-ten-is-never-issued"),
        pytest.param("nhs", "0000000000", "valid", id="nhs-eleven-stands-for-nought"),
        pytest.param("nhs", "943476591", "invalid / FORMAT", id="nhs-nine-digits"),
        pytest.param("nhs", "943-476-5919", "invalid / FORMAT", id="nhs-with-hyphens"),
        pytest.param("nhs", "٩٤٣٤٧٦٥٩١٩", "invalid / FORMAT", id="nhs-digits-that-are-not-ascii"),
        pytest.param("nhs", 9434765919, "invalid / FORMAT", id="nhs-as-a-number"),
        pytest.param("nhs", "", "invalid / FORMAT", id="nothing"),
        pytest.param("upn", "P207000016049", "valid", id="upn"),
        pytest.param("upn", "p207 0000 16049", "valid", id="upn-small-and-spaced"),
        pytest.param("upn", "Q207000016049", "invalid / CHECK_LETTER", id="upn-wrong-letter"),
        pytest.param("upn", "P207000016094", "invalid / CHECK_LETTER", id="upn-digits-exchanged"),
        pytest.param("upn", "M20700001604A", "valid", id="upn-temporary"),
        pytest.param("upn", "E20700001604Z", "invalid / CHECK_LETTER", id="upn-temporary-wrong-letter"),
        pytest.param("upn", "P20700001604S", "invalid / FORMAT", id="upn-ends-in-a-letter-never-used"),
        pytest.param("upn", "I207000016049", "invalid / FORMAT", id="upn-begins-with-a-letter-never-used"),
        pytest.param("upn", "P2070000160499", "invalid / FORMAT", id="upn-too-long"),
        pytest.param("nino", "AB 12 34 56 C", "valid", id="nino"),
        pytest.param("nino", "ab123456", "valid", id="nino-without-its-last-letter"),
        pytest.param("nino", "QQ 12 34 56 A", "invalid / FORMAT", id="nino-specimen"),
        pytest.param("nino", "AO123456A", "invalid / FORMAT", id="nino-second-letter-o"),
        pytest.param("nino", "GB123456A", "invalid / FORMAT", id="nino-prefix-never-issued"),
        pytest.param("nino", "AB123456E", "invalid / FORMAT", id="nino-last-letter"),
        pytest.param("nino", "\u0131B123456A", "invalid / FORMAT", id="nino-letter-that-capitals-make-ascii"),
        pytest.param("postcode", "DE1 2FS", "valid", id="postcode"),
        pytest.param("postcode", "sw1a1aa", "valid", id="postcode-small-without-space"),
        pytest.param("postcode", "DE1 2F", "invalid / FORMAT", id="postcode-short"),
        pytest.param("postcode", "DE123 2FS", "invalid / FORMAT", id="postcode-long-outward"),
        pytest.param("postcode", "1E1 2FS", "invalid / FORMAT", id="postcode-begins-with-a-digit"),
        pytest.param("uprn", "100030310923", "valid", id="uprn"),
        pytest.param("uprn", "1", "valid", id="uprn-one-digit"),
        pytest.param("uprn", "1000303109231", "invalid / FORMAT", id="uprn-thirteen"),
        pytest.param("la_code", "E06000015", "valid", id="derby"),
        pytest.param("la_code", "w06000012", "valid", id="neath-port-talbot-small"),
        pytest.param("la_code", "Derby", "invalid / FORMAT", id="a-name-is-no-code"),
    ],
)
def test_an_identifier_is_valid_or_says_which_check_it_fails(kind, value, expected):
    assert check(kind, value) == expected


@pytest.mark.parametrize("kind", ["passport", "", None, 7, ["nhs"], {"nhs": 1}])
def test_an_unknown_kind_is_refused_with_those_there_are(kind):
    with pytest.raises(RuleFailed, match="nhs, upn, nino, postcode, uprn, la_code"):
        check(kind, "1")


def test_the_field_of_an_nhs_number_may_name_its_kind():
    assert check("nhs_no", "943 476 5919") == "valid"


@given(DIGITS)
def test_each_nine_digits_have_at_most_one_nhs_check_digit(digits):
    total = sum((10 - place) * int(digit) for place, digit in enumerate(digits))
    valid = [last for last in range(10) if check("nhs", f"{digits}{last}") == "valid"]
    # The weighted sum of all ten digits, the check digit weighing 1, is a multiple of 11.
    assert valid == [last for last in range(10) if (total + last) % 11 == 0]


@given(st.text("0123456789", min_size=12, max_size=12))
def test_each_twelve_digits_have_exactly_one_upn_letter(digits):
    valid = [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if check("upn", letter + digits) == "valid"]
    assert len(valid) == 1


@given(st.sampled_from(KINDS), st.text(max_size=20))
def test_any_text_gets_an_answer(kind, text):
    assert check(kind, text) in ("valid", "invalid / FORMAT", "invalid / CHECK_DIGIT", "invalid / CHECK_LETTER")


@pytest.mark.parametrize(
    ("kind", "value", "known", "expected"),
    [
        pytest.param("postcode", "DE1 2FS", (), (), id="ordinary-postcode"),
        pytest.param("postcode", "W1A 1AA", (), (), id="letter-after-the-digit"),
        pytest.param("postcode", "EC1A 1BB", (), (), id="letter-after-two-letters"),
        pytest.param("postcode", "DE1 2FC", (), ("UNUSUAL_POSTCODE",), id="last-letter-never-used"),
        pytest.param("postcode", "QE1 2FS", (), ("UNUSUAL_POSTCODE",), id="first-letter-never-used"),
        pytest.param("upn", "P207000016049", ("207",), (), id="known-authority"),
        pytest.param("upn", "P207000016049", ("831",), ("UNKNOWN_LA",), id="unknown-authority"),
        pytest.param("upn", "P207000016049", (), (), id="no-list-no-warning"),
        pytest.param("nhs", "9434765919", (), (), id="nothing-odd"),
    ],
)
def test_a_valid_identifier_may_still_look_odd(kind, value, known, expected):
    assert warnings(kind, value, known) == expected


@pytest.mark.parametrize(
    ("kind", "stored", "read"),
    [
        ("nhs", "9434765919", "943 476 5919"),
        ("postcode", "sw1a1aa", "SW1A 1AA"),
        ("nino", "AB123456C", "AB 12 34 56 C"),
        ("upn", "P207000016049", "P207000016049"),
    ],
)
def test_identifiers_are_shown_as_people_read_them(kind, stored, read):
    assert shown(kind, stored) == read
    assert tidy(read) == stored.upper()
