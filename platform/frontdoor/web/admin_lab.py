"""The threshold lab, page by page: choose what to move, move it, read who would have been decided differently."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from frontdoor import clock
from frontdoor.services import lab, lab_sweep, programmes
from frontdoor.services.lab import Bench, Waiting
from frontdoor.web import admin_lab_words, forms, lab_chart
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.lab_values import Entered, as_typed, entered, named, setup_of
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
    """Move parameters: the sentence, the table, the groups, the sweep, and who moved; or how far reading is."""
    if not named():
        return to_start(programme)
    bench = bench_of(programme)
    tried = entered(bench.setup if isinstance(bench, Waiting) else bench)
    if isinstance(bench, Waiting):
        return waiting(bench, tried)
    page = render_template(
        "admin/lab/result.html" if request.args.get("part") == "result" else "admin/lab/try.html",
        bench=bench, entered=tried, **_result(bench, tried),
    )  # fmt: skip
    return page, 422 if tried.problems else 200


@bp.post("/lab/<programme>/reading")
@allow("staff", *LAB)
def lab_reading(programme: str) -> ResponseReturnValue:
    """Stop reading the cases, or have them read after all."""
    if not named():
        return to_start(programme)
    setup = setup_of(programme)
    if forms.text("do") == "stop":
        lab.stop_reading(viewer(), setup, at=clock.now())
    else:
        lab.read_on(viewer(), setup, at=clock.now())
    return redirect(url_for("admin.lab_try", programme=programme, **entered(setup).address), 303)


def waiting(bench: Waiting, tried: Entered) -> ResponseReturnValue:
    """Show how far reading the cases is; 202, so that a script knows that this is not the result."""
    return render_template("admin/lab/reading.html", waiting=bench, bench=bench.setup, entered=tried), 202


def _result(bench: Bench, tried: Entered) -> dict[str, Any]:
    movers, told = lab.who(viewer(), bench, tried.values)
    points = lab_sweep.sweep(bench, tried.values)
    codes, value = codes_of(bench, points), tried.values[bench.name]
    counted = lab.attempt(bench, tried.values)
    return {
        "value": value, "tried": counted, "movers": movers, "named": told, "points": points,
        "shown": admin_lab_words.changes(bench, counted), "words": admin_lab_words,
        "organisations": lab.organisations(viewer()), "chart": lab_chart.chart(points, value, codes),
        "marks": lab_chart.MARKS, "swept_codes": codes, "moved_to": value != bench.setting.value, "as_typed": as_typed,
    }  # fmt: skip


def to_start(programme: str) -> ResponseReturnValue:
    """Send somebody who asked for nothing in particular to the list; `NotFound` for a programme that is not theirs."""
    live = programmes.live(viewer().authority, programme, clock.now())
    return redirect(url_for("admin.lab_start", programme=live.programme), 303)


def bench_of(programme: str) -> Bench | Waiting:
    """Return the lab with what the address names on it."""
    setup = setup_of(programme)
    look_like(setup.live)
    return lab.opened(viewer(), setup, at=clock.now(), afresh="afresh" in request.args)


def codes_of(bench: Bench, points: list[lab_sweep.Point]) -> list[str]:
    """Return the outcomes that occur anywhere in a sweep, in the order of the table."""
    met = {code for one in points for code in one.totals}
    listed = [code for code in bench.live.rules.decisions[bench.table.code].outcomes if code in met]
    return listed + sorted(met - set(listed))
