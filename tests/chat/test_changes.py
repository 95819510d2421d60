"""What an edit did, in figures from stored facts."""

from chat.agent.changes import list_diff
from playlists.edits import Content
from tests.chat.test_proof import make_song


def content(*tracks, title="Mix"):
    return Content(title, tracks)


def songs(*, energies, minutes=3):
    made = {
        track: make_song(track, energy=energy) for track, energy in energies.items()
    }
    length_ms = None if minutes is None else minutes * 60_000
    return {
        track: type(song)(**{**vars(song), "duration_ms": length_ms})
        for track, song in made.items()
    }


def test_songs_in_and_out_are_told_with_the_middle_and_the_length():
    facts = songs(energies={1: 0.4, 2: 0.42, 3: 0.5, 4: 0.6, 5: 0.61, 6: 0.9})

    diff = list_diff(content(1, 2, 3), content(3, 4, 5, 6), facts)

    assert diff.text == "+3 −2, median energy 0.42 to 0.60, 9 to 12 min"
    assert (diff.added, diff.removed, diff.moved) == (3, 2, 0)
    (energy,) = diff.medians
    assert (energy.attribute, energy.before, round(energy.after, 3)) == (
        "energy",
        0.42,
        0.605,
    )


def test_a_first_list_has_no_middle_to_compare_with():
    diff = list_diff(content(), content(1, 2), songs(energies={1: 0.4, 2: 0.6}))

    assert diff.text == "+2, 6 min"
    assert diff.medians == ()


def test_a_length_that_is_not_known_of_all_is_not_told():
    facts = songs(energies={1: 0.4, 2: 0.4}, minutes=None)

    diff = list_diff(content(1), content(1, 2), facts)

    assert diff.text == "+1"
    assert diff.duration_after_ms is None


def test_another_order_or_title_is_told_and_moves_no_figure():
    facts = songs(energies={1: 0.4, 2: 0.6, 3: 0.7})

    moved = list_diff(content(1, 2, 3), content(3, 1, 2), facts)
    renamed = list_diff(content(1), content(1, title="Other"), facts)

    assert moved.text == "1 moved"
    assert renamed.text == "renamed"


def test_the_attribute_that_moved_most_stands_beside_the_energy():
    slow = make_song(1, energy=0.5, tempo_bpm=120.0, valence=0.5)
    fast = make_song(2, energy=0.52, tempo_bpm=90.0, valence=0.55)

    diff = list_diff(content(1), content(2), {1: slow, 2: fast})

    assert diff.text == (
        "+1 −1, median energy 0.50 to 0.52, median tempo 120 to 90 BPM"
    )
