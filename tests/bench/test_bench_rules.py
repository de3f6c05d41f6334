"""Decisions a second on Derby's eligibility table from answers, with and without receipt, in one run. `make bench`.

FRONTDOOR_BENCH_DECISIONS (4000) varies how many nominations are made up. Every result is checked before it is timed.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from tests.bench import by_hand
from tests.bench.plain_rule import flat
from tests.bench.rule_peers import PEERS
from tests.domain.rules.answering import DAY, Answering
from tests.domain.rules.generated import seeded

from frontdoor import packs_dir
from frontdoor.domain.packs import gather
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.conclude import Circumstances
from frontdoor.domain.rules.fused.decider import Decider, Told
from frontdoor.domain.rules.fused.recorder import Recorder
from frontdoor.services.examples import programme_of
from frontdoor.store import shipped

REPOSITORY = Path(__file__).parents[2]
APART = REPOSITORY / ".venv" / "bench-peers"  # it installs the module of json-logic-qubit, so it cannot stand beside it
DECISIONS = int(os.environ.get("FRONTDOOR_BENCH_DECISIONS", "4000"))
FORM, TABLE = "e_nomination", "TFP1-E"

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
TOLD = "told at the end of the run"
Report = Callable[[str, object], None]


@cache
def derby() -> Programme:
    return programme_of(gather(shipped.read(packs_dir()).sources), "derby")


def nominations(count: int, *, missing: float, evidence: float, seed: int) -> Iterator[Told]:
    """Nominations of families of two to five, as accepted; of the questions that may be, so many are not answered."""
    chance, programme = seeded(seed), derby()
    answering = Answering(chance, missing=missing)
    while count:
        answers = answering.form(programme.forms[FORM])
        rows = answers.get("members") or ()
        if len(rows) > 1:
            count -= 1
            words = answering.evidence(programme.rules, [row["id"] for row in rows], most=3)
            yield Told({FORM: answers}, DAY, evidence=words if chance.random() < evidence else ())


def check(decider: Decider, cases: list[Told]) -> None:
    for case in cases:
        ours = decider.outcome(TABLE, case)
        row = ours.fired[0] if ours.fired else None
        assert (ours.decision, ours.reason_code, row) == by_hand.decide(case.answers, case.as_of, case.evidence)
    for case in cases[:300]:
        assert decider.outcome(TABLE, case) == decider.by_decide(TABLE, case)


def openly(case: Told) -> str:
    """The receipt by the general way, every fact in the open, as it is stored."""
    return str(Recorder(derby().rules, derby().forms).by_decide(TABLE, case, Circumstances()).text)


def warmed(others: list[Told]) -> Recorder:
    """A recorder that has decided others before, as a server has."""
    recorder = Recorder(derby().rules, derby().forms)
    for other in others:
        recorder.record(TABLE, other)
    return recorder


def check_receipts(cases: list[Told], others: list[Told]) -> float:
    """Check that both ways write the same receipts; return of how many nothing was kept that follows from the facts."""
    recorder = warmed(others)
    first = 0
    for case in cases:
        before = recorder.kept()
        recorder.record(TABLE, case)
        first += recorder.kept() > before
    for case in cases[:300]:
        assert recorder.record(TABLE, case).text == openly(case)
    assert not recorder.parted
    return first / len(cases)


def rates(cases: list[Told], others: list[Told]) -> dict[str, float]:
    """Return decisions a second by hand, the outcome alone, and with the receipt as it is stored; and what it holds."""
    decider = Decider(derby().rules, derby().forms)
    check(decider, cases)
    first = check_receipts(cases, others)
    met = warmed(cases)
    hand, outcome, whole, again = beside(
        cases,
        lambda: lambda case: by_hand.decide(case.answers, case.as_of, case.evidence),
        lambda: lambda case: decider.outcome(TABLE, case),
        lambda: partial(texts, warmed(others)),
        lambda: partial(texts, met),
    )
    few = cases[: len(cases) // 10]
    told = {id(case): json.loads(openly(case)) for case in few}
    opened, printing = beside(few, lambda: openly, lambda: lambda case: json.dumps(told[id(case)]))
    size = sum(len(json.dumps(each)) for each in told.values()) / len(told)
    return {"hand": hand, "outcome": outcome, "whole": whole, "again": again, "open": opened, "printing": printing,
            "first": first, "size": size}  # fmt: skip


def texts(recorder: Recorder, case: Told) -> str:
    return recorder.record(TABLE, case).text


def beside(cases: list[Told], *works: Callable[[], Callable[[Told], object]]) -> list[float]:
    """Return how many a second of processor time each work does, the best of five rounds taken in turn.

    The machine is shared, and a longer round would lose more to whoever else is running.

    Each is made anew for each round, so that nothing is kept of these cases.
    """
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(5):
        for make, times in zip(works, taken, strict=True):
            work = make()
            began = time.process_time()
            for case in cases:
                work(case)
            times.append(time.process_time() - began)
    return [len(cases) / min(times) for times in taken]


def test_decisions_a_second_from_answers(record_property: Report):
    lines = []
    kinds = {
        "a quarter not answered, evidence on a third": {"missing": 0.25, "evidence": 0.33},
        "a quarter not answered, no evidence": {"missing": 0.25, "evidence": 0},
        "everything answered (don't-knows among it)": {"missing": 0, "evidence": 0},
    }
    for seed, (name, how) in enumerate(kinds.items()):
        others = [*nominations(DECISIONS, **how, seed=seed + 100)]
        found = rates([*nominations(DECISIONS, **how, seed=seed)], others)
        hand, outcome = found["hand"], found["outcome"]
        lines.append(
            f"  {name}\n    by hand {hand:9,.0f} /s   outcome {outcome:9,.0f} /s = {outcome / hand:.2f}"
            f"   with receipt {found['whole']:7,.0f} /s = {found['whole'] / hand:.2f}"
            f"   in the open {found['open']:5,.0f} /s = {found['open'] / hand:.3f}\n"
            f"    with receipt where every combination of facts was met before {found['again']:7,.0f} /s"
            f" = {found['again'] / hand:.2f}; {found['first']:.1%} were met for the first time\n"
            f"    a receipt is {found['size']:,.0f} characters; Python's own JSON printer alone, given all of it as a\n"
            f"    dict, prints {found['printing']:,.0f} /s = {found['printing'] / hand:.2f}"
        )
    told = "\n".join(lines)
    record_property(
        TOLD,
        f"Decisions on {TABLE} from answers, families of 2 to 5; the same three-valued result on {DECISIONS:,}\n"
        f"of each kind, by processor time (aim: outcome 1.0 of by hand, with receipt 0.5)\n{told}\n"
        "  `With receipt` ends with the text that is stored, canonical JSON: state and source of all 16 facts for\n"
        "  every member, the truth of every row, three texts in each language, a copy of all that went in, and, while\n"
        "  it waits, which missing answers matter. It is what the open way writes (`decide`), checked byte for byte.\n"
        "  The function keeps what a day and a threshold of today mean, and what follows from one combination of the\n"
        "  family's facts (rows, texts, what is outstanding). Each round starts with what other nominations taught\n"
        "  it; combinations met for the first time are in the rate. By hand nothing is kept, printed or explained:\n"
        "  the hand stops at the first row that decides, where a receipt needs every fact of every member.",
    )


def test_decisions_a_second_against_published_engines(record_property: Report):
    cases = [*nominations(DECISIONS, missing=0.25, evidence=0, seed=9)]
    decider = Decider(derby().rules, derby().forms)
    check(decider, cases)
    ours, hand = beside(
        cases,
        lambda: lambda case: decider.outcome(TABLE, case),
        lambda: lambda case: by_hand.decide(case.answers, case.as_of),
    )
    given = [
        {"answers": case.answers, "as_of": case.as_of.isoformat(), "flat": flat(case.answers, case.as_of)}
        for case in cases
    ]
    expected, lines = None, [f"  {'Front Door':38} {ours:9,.0f} /s {ours / hand:5.2f}"]
    for name, (words, _) in PEERS.items():
        found = _apart(name, given)
        if found is None:
            lines.append(f"  {words:38} not installed: `make bench` installs it")
            continue
        expected = expected or found["answers"]
        assert found["answers"] == expected, f"{words} answers otherwise"
        ratio, alone = (found[key] / found["hand"] for key in ("whole", "rate"))
        lines.append(
            f"  {words:38} {found['whole']:9,.0f} /s {ratio:5.2f}   rule alone {found['rate']:9,.0f} /s {alone:5.2f}"
        )
    told = "\n".join(lines)
    record_property(
        TOLD,
        f"One decision from a nomination, {DECISIONS:,} of them; ratios are to Python by hand in the same process\n"
        f"{told}\n"
        "  No other engine reads dates, joins an answer to its member, hides a question or knows what is unknown.\n"
        "  Each is given one two-valued rule (JSONLogic; zen an expression) over members that plain Python prepared:\n"
        "  ages, months since, who it was. The rate is with that preparation, `rule alone` without. All give the\n"
        "  same answers. On that flat rule alone datalogic-py (Rust) is ahead: it reads a dict of plain numbers once\n"
        "  and never calls back into Python. From a nomination the preparation costs more than the rule.",
    )


def _apart(name: str, cases: list[dict[str, Any]]) -> dict[str, Any] | None:
    path = [str(REPOSITORY / "platform"), str(REPOSITORY)]
    if name == "panzi":
        if not APART.is_dir():
            return None
        path.insert(0, str(APART))
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.rule_peers", name],
        input=json.dumps(cases), capture_output=True, text=True, cwd=REPOSITORY, timeout=900,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-800:]
    return dict(json.loads(done.stdout))
