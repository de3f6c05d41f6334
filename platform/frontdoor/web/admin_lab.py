"""The threshold lab, page by page: choose what to move, move it, read who would have been decided differently."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import lab, programmes
from frontdoor.services.lab import Bench
from frontdoor.web import admin_lab_words, lab_chart
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.languages import language
from frontdoor.web.pages import look_like

LAB = ("edit_change", "approve_change")


@bp.get("/lab")
@allow("staff", *LAB)
def labs() -> ResponseReturnValue:
    """Choose the programme; where there is one only, go on to it."""
    running = programmes.running(viewer().authority, clock.now())
    if len(running) == 1:
        return redirect(url_for("admin.lab_start", programme=running[0].programme), 303)
    return render_template("admin/lab/programmes.html", running=running)


@bp.get("/lab/<programme>")
@allow("staff", *LAB)
def lab_start(programme: str) -> str:
    """List the decisions of a programme, each with what can move it."""
    at = clock.now()
    tables = lab.movable(viewer(), programme, at=at, language=language())
    live = programmes.live(viewer().authority, programme, at)
    look_like(live)
    return render_template("admin/lab/start.html", live=live, tables=tables, cases=lab.past_cases(viewer(), programme))


@bp.get("/lab/<programme>/try")
@allow("staff", *LAB)
def lab_try(programme: str) -> ResponseReturnValue:
    """Move one parameter: the sentence, the table, the groups, the sweep, and who moved."""
    if "decision" not in request.args or "move" not in request.args:
        return to_start(programme)
    bench = bench_of(programme)
    value, typed, problems = asked_value(bench)
    tried = lab.attempt(bench, value)
    movers, named = lab.who(viewer(), bench, value)
    points = lab.sweep(bench, value)
    shown = admin_lab_words.changes(bench, tried)
    part = request.args.get("part") == "result"
    page = render_template(
        "admin/lab/result.html" if part else "admin/lab/try.html",
        bench=bench, value=value, typed=typed, problems=problems, tried=tried, movers=movers, named=named,
        points=points, shown=shown, words=admin_lab_words, organisations=lab.organisations(viewer()),
        chart=lab_chart.chart(points, value, codes_of(bench, points)), marks=lab_chart.MARKS,
        swept_codes=codes_of(bench, points), moved_to=value != bench.setting.value,
    )  # fmt: skip
    return page, 422 if problems else 200


def to_start(programme: str) -> ResponseReturnValue:
    """Send somebody who asked for nothing in particular to the list; `NotFound` for a programme that is not theirs."""
    live = programmes.live(viewer().authority, programme, clock.now())
    return redirect(url_for("admin.lab_start", programme=live.programme), 303)


def bench_of(programme: str) -> Bench:
    """Return the lab with what the address names on it."""
    bench = lab.opened(
        viewer(), programme, request.values.get("decision", ""), request.values.get("move", ""),
        at=clock.now(), language=language(), afresh="afresh" in request.args,
    )  # fmt: skip
    look_like(bench.live)
    return bench


def asked_value(bench: Bench) -> tuple[Any, str, tuple[Problem, ...]]:
    """Return the value to try, what was typed, and what is wrong with it; the live value where none is asked for."""
    now = bench.setting.value
    lines = request.values.getlist("value")
    if not lines:
        return now, as_typed(now), ()
    typed = "\n".join(lines)
    try:
        return lab.typed(bench.setting, typed), typed, ()
    except AnswersRejected as rejected:
        return now, typed, rejected.problems


def as_typed(value: Any) -> str:
    """Return a value as it is typed into its control; several choices come one a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def codes_of(bench: Bench, points: list[lab.Point]) -> list[str]:
    """Return the outcomes that occur anywhere in a sweep, in the order of the table."""
    met = {code for one in points for code in one.totals}
    listed = [code for code in bench.live.rules.decisions[bench.table.code].outcomes if code in met]
    return listed + sorted(met - set(listed))
