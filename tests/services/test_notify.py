from datetime import UTC, datetime, timedelta

import pytest
from tests.services.builders import MOOR, RECEIVED, nominated, partner_with_address, programme_of, staff, the_case

from frontdoor.delivery import letters
from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.pathways.model import Letter
from frontdoor.services import notify
from frontdoor.services.confirm import Otherwise, confirm, countersign, override
from frontdoor.store import messages, submissions

CHRISTMAS_EVE = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("confirmed", "told"),
    [
        pytest.param(RECEIVED, NINE, id="the-same-hour"),
        pytest.param(NINE - timedelta(seconds=1), NINE, id="just-in-time"),
        pytest.param(NINE, NINE + timedelta(days=1), id="on-the-moment-is-too-late"),
        pytest.param(CHRISTMAS_EVE, datetime(2026, 12, 29, 9, 0, tzinfo=UTC), id="christmas"),
    ],
)
def test_an_outcome_is_told_at_nine_on_a_day_that_receipt_alone_decides(shipped, confirmed, told):
    assert notify.release_at(programme_of(), RECEIVED, confirmed) == told


def drained():
    found = []
    while (message := messages.claim(RECEIVED + timedelta(days=60), "w")) is not None:
        words = f"{message.subject} {message.body}".replace(str(message.case), "REFERENCE")
        found.append((message.release_at, words))
    return found


ABSENT = {"absent": "yes", "absent_who": ["aoif"], "absence_pct": 21.5}


def test_eligible_not_eligible_known_and_safeguarding_are_told_in_the_same_words_at_the_same_moment(shipped):
    viewer = partner_with_address()
    plain = nominated(viewer, key="plain", **ABSENT).reference
    confirm(staff(), plain, "TFP1-E", at=RECEIVED, revision=0)
    first = drained()

    worrying = nominated(viewer, key="worrying", concern="being_harmed", harm_details="Bruises", **ABSENT).reference
    override(staff(), worrying, "S0", Otherwise("no_concern", "Explained"), at=RECEIVED, revision=0)
    revision = the_case(worrying).revision
    countersign(staff("team_leader"), worrying, "S0", agree=True, at=RECEIVED, revision=revision)
    other = Otherwise("not_eligible", "Moved away")
    override(staff(), worrying, "TFP1-E", other, at=RECEIVED + timedelta(days=2), revision=revision + 1)
    assert drained() == first
    assert len(first) == 2


def test_nothing_is_told_while_an_outcome_is_only_proposed(shipped):
    done = nominated(partner_with_address(), **ABSENT)
    assert len(drained()) == 1, "the acknowledgement alone"
    sent = submissions.by_case(staff(), done.reference)[0]
    assert (sent.status, sent.pending_status) == ("received", None)


def test_confirming_what_the_sender_is_not_told_of_writes_nothing(shipped):
    done = nominated(partner_with_address(), **ABSENT)
    confirm(staff(), done.reference, "DEDUP", at=RECEIVED, revision=0)
    assert len(drained()) == 1


def test_a_contact_without_an_address_is_kept_all_the_same(shipped):
    done = nominated(staff(authority=MOOR), authority=MOOR, channel="letter")
    assert the_case(done.reference, MOOR).channel == "letter"
    assert drained() == []


def written(body):
    return Letter("x", {"en": "X"}, {"en": "X"}, {"en": body}, "email", "referrer")


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{{ ''.__class__.__mro__ }}", id="classes"),
        pytest.param("{{ reference.__init__.__globals__ }}", id="globals"),
        pytest.param("{% for n in range(999999999) %}x{% endfor %}", id="endless"),
        pytest.param("{{ family_name }}", id="a-name-of-the-family"),
        pytest.param("{{ reference", id="broken"),
        pytest.param("{% include 'x' %}", id="another-file"),
        pytest.param("{% import 'x' as x %}", id="a-module"),
        pytest.param("{{ 'x' * 999999999 }}", id="huge"),
        pytest.param("{{ 9 ** 9 ** 9 ** 9 }}", id="endless-number"),
        pytest.param("{% for a in reference %}{% for b in reference %}x{% endfor %}{% endfor %}", id="loops"),
        pytest.param("{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}", id="itself"),
        pytest.param("{% set reference = 'x' %}", id="another-reference"),
        pytest.param("{{ reference|attr('__class__') }}", id="filter"),
        pytest.param("{{ words['__class__'] }}", id="item"),
        pytest.param("{{ words[reference] }}", id="computed-item"),
        pytest.param("{{ reference.format(words) }}", id="call"),
        pytest.param("{% if reference %}" * 3000 + "{% endif %}" * 3000, id="deep-and-long"),
        pytest.param("{{ " + "(" * 4000 + "reference" + ")" * 4000 + " }}", id="deep"),
    ],
)
def test_a_letter_may_insert_what_is_offered_and_do_nothing_else(template):
    assert letters.check(template)
    with pytest.raises(DocumentRejected):
        letters.render(programme_of(), written(template), reference="DER-1", language="en")


def test_a_letter_may_choose_by_what_is_offered():
    template = (
        "{% if contact.email and not contact.fax %}Write to {{ contact['email'] }}{% else %}{{ reference }}{% endif %}"
    )
    assert letters.check(template) == []


def test_what_is_wrong_with_a_letter_is_told_with_its_line():
    told = [
        one.message for one in letters.check("Dear all,\n\n{{ reference }}\n{{ family_name }}\n{{ words.x|upper }}")
    ]
    assert [message.partition(":")[0] for message in told] == ["Line 4", "Line 5"]
