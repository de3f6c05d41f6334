"""The outbox and the access log."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import oversight
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp


@bp.get("/outbox")
@allow("staff")
def outbox() -> str:
    """List the messages that were sent, or wait; in a demonstration for all staff, with what they say."""
    demo = bool(current_app.config["DEMO"])
    return render_template("admin/outbox.html", sent=oversight.outbox(viewer(), at=clock.now(), demo=demo))


@bp.get("/access-log")
@allow("staff", "see_access_log")
def access_log() -> ResponseReturnValue:
    """List who read which record, all or of one case or one person."""
    record, account = request.args.get("record", "").strip()[:40], request.args.get("account", "")[:64]
    page = request.args.get("page", "1")
    number = min(int(page), 100_000) if page.isascii() and page.isdigit() else 1
    problems: tuple[Problem, ...] = ()
    try:
        found = oversight.access_log(viewer(), record=record, account=account, page=number)
    except AnswersRejected as rejected:
        problems, found = rejected.problems, oversight.access_log(viewer())
    filled = render_template(
        "admin/access_log.html", found=found, record=record, account=account, problems=problems,
        lines=oversight.readings(viewer(), found.rows), readers=oversight.readers(viewer()),
        filters={"record": record, "account": account},
    )  # fmt: skip
    return filled, 422 if problems else 200
