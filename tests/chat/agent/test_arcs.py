"""Songs in an order that was wished for."""

from catalog.search.levels import FRACTIONS, Levels
from chat.agent.arcs import Arc, Waypoint, ordered_along, place_for

LEVELS = Levels({"energy": FRACTIONS, "valence": FRACTIONS})
UP = Arc("build up", (Waypoint(0.1), Waypoint(0.9)))
PEAK = Arc("peak in the middle", (Waypoint(0.1), Waypoint(0.9), Waypoint(0.1)))
CALM_TO_HAPPY = Arc("", (Waypoint(0.2, 0.5), Waypoint(0.5, 0.9)))


def facts(**axes):
    count = len(next(iter(axes.values())))
    return {
        track: {axis: values[track] for axis, values in axes.items()}
        for track in range(count)
    }


def test_a_rise_is_in_the_order_of_what_rises_also_within_a_narrow_list():
    energies = [0.44, 0.41, 0.49, 0.40, 0.47]

    order = ordered_along(UP, range(5), facts(energy=energies), LEVELS)

    assert order == (3, 1, 0, 4, 2)
    assert (
        ordered_along(UP.reversed(), range(5), facts(energy=energies), LEVELS)
        == order[::-1]
    )


def test_a_peak_stands_in_the_middle():
    energies = [0.1, 0.5, 0.9, 0.45, 0.12]

    order = ordered_along(PEAK, range(5), facts(energy=energies), LEVELS)

    assert order[2] == 2
    assert {order[0], order[4]} == {0, 4}


def test_two_axes_are_followed_at_once():
    axes = facts(energy=[0.5, 0.2, 0.35], valence=[0.9, 0.5, 0.7])

    assert ordered_along(CALM_TO_HAPPY, range(3), axes, LEVELS) == (1, 2, 0)


def test_a_song_of_unknown_energy_is_placed_too_and_none_is_lost():
    order = ordered_along(UP, range(3), facts(energy=[0.9, None, 0.1]), LEVELS)

    assert order == (2, 1, 0)


def test_one_more_song_goes_where_the_path_has_it_and_the_others_stay():
    energies = [0.1, 0.3, 0.6, 0.8, 0.5]

    assert place_for(UP, 4, (0, 1, 2, 3), facts(energy=energies), LEVELS) == 2
    # The last was moved to the front by hand.
    assert place_for(UP, 4, (3, 0, 1, 2), facts(energy=energies), LEVELS) == 3


def test_no_song_and_one_song_are_in_order():
    assert ordered_along(UP, (), {}, LEVELS) == ()
    assert ordered_along(UP, (7,), {}, LEVELS) == (7,)
    assert place_for(UP, 7, (), {}, LEVELS) == 0
