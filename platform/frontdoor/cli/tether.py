"""Runs a command that ends when its parent ends, however the parent ends: `tether.py PARENT-PID COMMAND…`.

Linux only: the kernel sends the signal (prctl PR_SET_PDEATHSIG), so it also comes when the parent was killed with
SIGKILL and could tidy nothing up. The setting survives exec, so the command's own pid is the one that was started.
Started as a plain file, without site-packages: it must import the standard library only.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with(parent: int, send: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process `send` when `parent` (a pid) ends.

    A parent that ended before this call can send nothing any more, so that is looked for afterwards.

    Raises:
        OSError: the kernel refused.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(send), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")
    if os.getppid() != parent:
        os.kill(os.getpid(), send)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the caller's own words, no shell
