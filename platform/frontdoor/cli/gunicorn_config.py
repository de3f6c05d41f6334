"""How gunicorn serves Front Door on one machine; `frontdoor run` adds only the address.

Two processes of eight threads: measured as the safe choice where most requests wait for the database's disk.
"""

from pathlib import Path
from typing import Any

from frontdoor.cli import tether

wsgi_app = "frontdoor.app:create_wsgi()"
worker_class = "gthread"
workers = 2
threads = 8
graceful_timeout = 5  # seconds for requests under way when it is asked to stop
timeout = 60
# gunicorn touches a file to show that a worker lives; on a disk that can block it for seconds.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - no name of ours in it
control_socket_disable = True
accesslog = None  # a path may hold a reference, and who looked at what is the ledger's to keep


def post_fork(server: Any, _worker: Any) -> None:
    """Tie each worker to gunicorn's own process: gunicorn, killed outright, could not end them itself."""
    tether.end_with(server.pid)
