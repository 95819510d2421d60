"""A process that works in children of its own, so that a test may kill one.

It is told by its arguments what work that is. Reads a row's number, forks, tells the child's number, waits for "go", and tells how the
child has ended. Django is loaded once, and no connection is open when it forks.
"""

from __future__ import annotations

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "personalais.settings"

import django

django.setup()

from django.utils.module_loading import import_string  # noqa: E402


def main(work):
    for line in sys.stdin:
        waits, goes = os.pipe()
        child = os.fork()
        if child == 0:
            os.read(waits, 1)
            work(int(line))
            os._exit(0)
        tell(child)
        sys.stdin.readline()
        os.write(goes, b"!")
        os.close(waits)
        os.close(goes)
        _pid, status = os.waitpid(child, 0)
        tell(os.waitstatus_to_exitcode(status))


def tell(number):
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(import_string(sys.argv[1]))
