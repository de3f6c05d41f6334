"""Compare what the server makes of submissions with what a browser and two other validators make of them.

`python -m tests.conformance.forms --seed 7 --forms 10 --submissions 10000`
Prints the smallest disagreements and exits with 1 if there are any. The same seed gives the same forms and submissions.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import jsonschema
from tests.conformance.made_forms import documents
from tests.conformance.made_submissions import Sender
from tests.conformance.reference import HERE, NODE_MODULES

from frontdoor.domain.errors import AnswersRejected
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.compile import compile_form
from frontdoor.domain.forms.guard import refusals
from frontdoor.domain.forms.model import Form, Question, parse_form
from frontdoor.domain.forms.needed import needed
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.web.page_conditions import described

Json = Any
AS_OF = date(2026, 11, 23)
ROW_IDS = "row_ids"  # listed for every group: a schema cannot ask that rows have ids of their own
BEYOND = {"too_deep", "too_large"}  # `x-frontdoor.limits`: for any form, and no schema says them
HALF = re.compile("[\ud800-\udfff]")  # half a character: no text of JSON that is exchanged holds one, nor do we


@dataclass
class Tried:
    """One form as everybody sees it, and how its submissions were judged."""

    form: Form
    published: Json
    judge: jsonschema.Draft202012Validator
    exact: bool  # nothing is listed that the schema cannot say, the ids of rows apart
    counts: Counter[str] = field(default_factory=Counter)


def tried(document: Json) -> Tried:
    """Return a form read, published, and its schema checked against the official meta-schema."""
    form = parse_form(document, {}, compile_rule)
    published = compile_form(form)
    jsonschema.Draft202012Validator.check_schema(published["schema"])
    judge = jsonschema.Draft202012Validator(published["schema"], format_checker=jsonschema.FormatChecker())
    unsaid = {one["keyword"] for one in published["x-frontdoor"]["not_in_schema"]}
    return Tried(form, published, judge, unsaid <= {ROW_IDS})


def disagreements(seed: int, forms: int, submissions: int) -> tuple[list[str], list[Tried]]:
    """Return what anybody disagreed about, each as a line, and the forms with how many submissions were accepted."""
    each = [tried(document) for document in documents(seed, forms)]
    random = Random(f"{seed} submissions")  # noqa: S311 - repeatable, not secret
    senders = [Sender(one.form, random) for one in each]
    sent = [(number % forms, senders[number % forms].submission()) for number in range(submissions)]
    found = []
    for (number, answers), theirs in zip(sent, _browser(each, sent), strict=True):
        for why in _compared(each[number], answers, theirs):
            found.append(f"form {number}: {why}\n  {json.dumps(answers)[:2000]}")
    return found, each


def _browser(each: list[Tried], sent: list[tuple[int, Json]]) -> list[Json]:
    """Return Ajv's and the browser's judgement of every submission."""
    told = [{"schema": one.published["schema"], "told": _told(one.form)} for one in each]
    lines = [json.dumps(told)]
    for number, answers in sent:
        tidy = None if refusals(answers) else tidied(each[number].form, answers).answers
        lines.append(json.dumps({"form": number, "sent": answers, "tidy": tidy}))
    command = ["node", str(HERE / "judges.mjs"), str(NODE_MODULES)]
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def _told(form: Form) -> Json:
    return {"as_of": AS_OF.isoformat(), **described(form, needed(form, form.pages))}


def _compared(one: Tried, sent: Json, theirs: Json) -> Iterator[str]:
    problems = _problems(one.form, sent)
    accepted = not problems
    beyond = {problem.code for problem in refusals(sent)} & BEYOND or HALF.search(json.dumps(sent, ensure_ascii=False))
    one.counts["accepted" if accepted else "refused"] += 1
    for name, valid in (("jsonschema", one.judge.is_valid(sent)), ("Ajv", theirs["valid"])):
        if accepted and not valid:
            yield f"{name} refuses what the server accepts"
        if one.exact and valid and not accepted and not beyond and problems != {ROW_IDS}:
            yield f"{name} accepts what the server refuses for {sorted(problems)}"
    if not refusals(sent):
        yield from _shown(one.form, visible(one.form, tidied(one.form, sent).answers, AS_OF), theirs)


def _problems(form: Form, sent: Json) -> set[str]:
    try:
        kept = accept(form, sent, as_of=AS_OF)
    except AnswersRejected as rejected:
        return {problem.code for problem in rejected.problems}
    return set() if accept(form, kept, as_of=AS_OF) == kept else {"accepted, but not a second time"}


def _shown(form: Form, shown: Visible, theirs: Json) -> Iterator[str]:
    required = {"/".join(path) for path in shown.questions if _required(form, shown, path)}
    for what, here in (("shown", {"/".join(path) for path in shown.questions}), ("required", required)):
        there = set(theirs.get(what, ()))
        if "error" in theirs or here != there:
            yield f"{what}: the server alone {sorted(here - there)}, the browser alone {sorted(there - here)}"


def _required(form: Form, shown: Visible, path: tuple[str, ...]) -> bool:
    group: Question | None = form.questions[path[0]] if len(path) == 3 else None
    question = group.questions[path[2]] if group else form.questions[path[0]]
    return shown.requires(question, group, path[1] if group else "")


def main() -> int:
    """Run the command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--forms", type=int, default=10)
    options.add_argument("--submissions", type=int, default=10_000)
    chosen = options.parse_args()
    found, each = disagreements(chosen.seed, chosen.forms, chosen.submissions)
    for line in sorted(found, key=len)[:10]:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{told(each)}\nseed {chosen.seed}: {chosen.submissions:,} submissions, {len(found):,} disagreements\n"
    )
    return bool(found)


def told(each: list[Tried]) -> str:
    """Return how many submissions were accepted, and how many forms are within the dialect."""
    accepted, refused = (sum(one.counts[what] for one in each) for what in ("accepted", "refused"))
    within = sum(one.exact for one in each)
    return f"{len(each)} forms, {within} within the dialect: {accepted:,} submissions accepted, {refused:,} refused"


if __name__ == "__main__":
    sys.exit(main())
