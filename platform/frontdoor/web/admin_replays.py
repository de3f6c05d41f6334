"""Replaying every stored decision: begun, left, come back to, cancelled; a difference is an alarm."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.services import replay_all
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp


@bp.get("/replays")
@allow("staff", "replay_receipts")
def replays() -> str:
    """List the last replays, and offer another."""
    return render_template("admin/replays.html", runs=replay_all.runs(viewer()))


@bp.post("/replays")
@allow("staff", "replay_receipts")
def begin_replay() -> ResponseReturnValue:
    """Begin to replay every stored decision, or show the replay that runs already."""
    job = replay_all.ask(viewer(), at=clock.now())
    return redirect(url_for("admin.replay", job_id=job.id), 303)


@bp.get("/replays/<job_id>")
@allow("staff", "replay_receipts")
def replay(job_id: str) -> str:
    """Show how far a replay is, or what differed."""
    return render_template("admin/replay.html", run=replay_all.run(viewer(), job_id))


@bp.post("/replays/<job_id>/cancel")
@allow("staff", "replay_receipts")
def cancel_replay(job_id: str) -> ResponseReturnValue:
    """Stop a replay; what it has looked at by then is not kept."""
    replay_all.cancel(viewer(), job_id, at=clock.now())
    flash(_("The replay stops."))
    return redirect(url_for("admin.replay", job_id=job_id), 303)
