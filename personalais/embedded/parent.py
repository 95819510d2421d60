"""Processes that do not outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def dies_with_parent(signal_number: signal.Signals) -> Callable[[], None]:
    """Return a preexec_fn: the kernel signals the child when its parent has died.

    Even kill -9 of the parent then leaves nothing running. Linux only; elsewhere the
    child is merely stopped by a parent that ends in order. The parent must start it
    from its main thread and be single-threaded while it does.
    """
    parent_pid = os.getpid()
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
        if os.getppid() != parent_pid:  # It died in between.
            os._exit(1)

    return ask_kernel
