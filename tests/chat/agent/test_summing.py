"""A time is met by songs wherever songs meet it."""

from hypothesis import given
from hypothesis import strategies as st

from chat.agent.lasting import TOLERANCE, lasting

LENGTHS = st.lists(
    st.integers(20, 1500).map(lambda s: s * 1000), min_size=1, max_size=9
)


def meets(lengths, target_ms):
    return abs(sum(lengths) - target_ms) <= TOLERANCE * target_ms


@given(LENGTHS, st.integers(2, 120))
def test_a_time_is_met_wherever_some_songs_of_the_row_meet_it(lengths, minutes):
    target_ms = minutes * 60_000
    sums = {0}
    for ms in lengths:
        sums |= {held + ms for held in sums}
    # Rounding may lose what lies on the very edge.
    is_possible = any(meets([held], target_ms * 1.0) for held in sums - {0})
    is_safe = any(
        abs(held - target_ms) <= (TOLERANCE - 0.004) * target_ms - 5_000
        for held in sums - {0}
    )

    chosen = lasting(lengths, target_ms=target_ms)

    if is_safe:
        assert meets([lengths[place] for place in chosen], target_ms)
    if not is_possible:
        assert not meets([lengths[place] for place in chosen], target_ms)
    assert len(set(chosen)) == len(chosen) >= 1
