"""The pages of whoever configures, administers and oversees: one blueprint, its routes in the `admin_*` modules."""

from flask import Blueprint

bp = Blueprint("admin", __name__)
CONCERNED = ("edit_change", "approve_change", "publish_change", "emergency_publish", "roll_back")
