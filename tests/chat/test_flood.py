"""The token bucket of a connection."""

from chat.flood import Bucket


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_a_burst_is_taken_and_then_refused():
    bucket = Bucket(rate_per_s=20, burst=100, clock=Clock())

    taken = [bucket.take() for _ in range(150)]

    assert taken == [True] * 100 + [False] * 50
    assert bucket.refused == 50


def test_a_trickle_in_a_flood_does_not_excuse_it():
    clock = Clock()
    bucket = Bucket(rate_per_s=20, burst=10, clock=clock)

    for _ in range(20):
        clock.seconds += 0.05
        for _ in range(10):
            bucket.take()

    assert bucket.is_abused()


def test_a_pause_makes_all_well_again():
    clock = Clock()
    bucket = Bucket(rate_per_s=20, burst=10, clock=clock)
    for _ in range(30):
        bucket.take()

    clock.seconds += 10

    assert bucket.take()
    assert bucket.is_calm()
    assert bucket.refused == 0
