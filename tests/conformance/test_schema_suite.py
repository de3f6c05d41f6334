"""How much of the JSON Schema Test Suite our validator passes, and that nothing fails but what is meant to."""

from collections import Counter
from collections.abc import Callable

import pytest
from tests.conformance.reference import SCHEMA_SUITE
from tests.conformance.schema_suite import DEVIATIONS, results, why


@pytest.mark.usefixtures("needs_schema_suite")
def test_every_test_passes_but_those_that_differ_on_purpose(record_property: Callable[[str, object], None]):
    tried = list(results(SCHEMA_SUITE / "tests" / "draft2020-12"))
    failed = [name for name, right in tried if not right]
    assert [name for name in failed if not why(name)] == []
    reasons = Counter(why(name) for name in failed)
    share = 100 * (len(tried) - len(failed)) / len(tried)
    lines = [f"JSON-Schema-Test-Suite (2020-12): {len(tried) - len(failed):,} of {len(tried):,} passed, {share:.1f} %"]
    lines += [f"  {count} differ on purpose: {reason}" for reason, count in reasons.most_common()]
    record_property("told at the end of the run", "\n".join(lines))
    assert len(tried) > 2_000


@pytest.mark.usefixtures("needs_schema_suite")
def test_no_deviation_is_listed_that_is_none():
    failed = {name for name, right in results(SCHEMA_SUITE / "tests" / "draft2020-12") if not right}
    met = failed | {(file, group, "*") for file, group, _ in failed}
    assert set(DEVIATIONS) - met == set()
