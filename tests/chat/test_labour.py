"""Labour keeps no more cores busy than a web process has for its own."""

import asyncio
import os
import threading
import time

import pytest

from chat.threads import as_labour, cores_of_process, labour_count


@pytest.mark.parametrize(
    ("cores", "processes", "expected"),
    [(8, 1, 8), (8, 2, 4), (8, 3, 2), (2, 2, 1), (2, 4, 1), (1, 1, 1)],
)
def test_web_processes_share_the_cores(cores, processes, expected):
    assert cores_of_process(cores, processes) == expected


class Watched:
    """Labour that notes how many do it at the same time."""

    def __init__(self):
        self.lock = threading.Lock()
        self.now = self.most = 0

    def labour(self):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.01)
        with self.lock:
            self.now -= 1


async def test_no_more_at_once_than_there_are_cores():
    watched = Watched()
    asked = asyncio.gather(*(as_labour(watched.labour)() for _ in range(40)))
    await asyncio.sleep(0)
    counted = labour_count()
    await asked

    assert counted == 40
    assert watched.most <= (os.cpu_count() or 1)
    assert labour_count() == 0
