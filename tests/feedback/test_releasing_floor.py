"""Of a release comes only what enough people share."""

from datetime import date

import numpy as np
import pytest

from feedback.releasing.floor import at_least, rows_kept, rows_shared, text_pattern
from feedback.releasing.given import Given

MONDAY = date(2026, 11, 23)


def give(record, who, text, approved, refused=(), constraints=("jazz",), **more):
    facts = {"language": "en", "mood": None, "space": "ears", "week": MONDAY, **more}
    return Given(
        record=record,
        contributor=who,
        pseudonym_key="k1",
        text=text,
        constraints=tuple(constraints),
        consent_version=1,
        approved=tuple(approved),
        refused=tuple(refused),
        **facts,
    )


def everybody(count, text, approved, **more):
    return [give(n, f"p{n}", text, approved, **more) for n in range(count)]


def test_what_enough_people_said_of_the_same_songs_is_kept_in_their_words():
    found = rows_shared(everybody(5, "Calm jazz!", ["a", "b"]), floor=5)

    (row,) = found.rows
    assert (row.text, row.is_general) == ("calm jazz", False)
    assert (row.approved, row.refused, row.people) == (("a", "b"), (), 5)
    assert row.week == "2026-W48"
    assert found.released == found.texts == {0, 1, 2, 3, 4}


def test_one_person_too_few_and_all_is_held_back():
    found = rows_shared(everybody(4, "calm jazz", ["a"]), floor=5)

    assert found.rows == []
    assert found.released == set()
    assert (found.songs_given, found.songs_released) == (4, 0)


def test_one_person_who_gives_often_is_one_person():
    often = [give(n, "p0", "calm jazz", ["a"]) for n in range(9)]

    assert rows_shared(often, floor=5).rows == []


def test_a_text_of_ones_own_is_told_by_its_constraints_alone():
    given = [
        give(n, f"p{n}", f"jazz for my aunt no {n}", ["a"], constraints=("jazz", rare))
        for n, rare in enumerate("vwxyz")
    ]

    (row,) = rows_shared(given, floor=5).rows

    assert (row.text, row.is_general, row.constraints) == ("jazz", True, ("jazz",))


def test_a_row_stays_as_long_as_enough_of_its_people_do():
    given = [
        *everybody(6, "calm jazz", ["a", "b"]),
        give(6, "p6", "calm jazz", ["b"]),
        give(7, "p7", "calm jazz", ["b"]),
    ]
    found = rows_shared(given, floor=5)

    kept = rows_kept(found, given[1:], floor=5)
    assert [(row.approved, row.people) for row in found.rows] == [(("b", "a"), 6)]
    # The order of its songs doesn't tell of who is gone either.
    assert [(row.approved, row.people) for row in kept.rows] == [(("b", "a"), 5)]
    assert rows_kept(found, given[1:6], floor=5).rows[0].approved == ("a", "b")
    assert kept.released == {1, 2, 3, 4, 5}
    assert (kept.songs_given, kept.songs_released) == (12, 10)
    assert rows_kept(found, given[2:], floor=5).rows == []


def test_songs_that_few_share_are_cut_and_the_rest_stays():
    given = [
        give(n, f"p{n}", "calm jazz", ["a", "b", f"own{n}"], ["c"]) for n in range(6)
    ]

    found = rows_shared(given, floor=5)

    (row,) = found.rows
    assert (row.approved, row.refused) == (("a", "b"), ("c",))
    assert (found.songs_given, found.songs_released) == (24, 18)


def test_a_combination_that_only_one_has_is_not_shown_though_each_song_is_common():
    # All hold "a", all "b", but both together only p0.
    given = [give(n, f"p{n}", "calm jazz", "a") for n in range(1, 6)]
    given += [give(n, f"p{n}", "calm jazz", "b") for n in range(6, 11)]
    given.append(give(0, "p0", "calm jazz", "ab"))

    rows = rows_shared(given, floor=5).rows

    assert {row.approved for row in rows} == {("a",), ("b",)}


def test_what_differs_among_the_people_of_a_row_is_left_out():
    given = everybody(5, "calm jazz", ["a"], mood=(0.5, 0.25))
    given.append(
        give(
            9,
            "p9",
            "calm jazz",
            ["a"],
            mood=(0.75, 0.25),
            week=date(2026, 11, 30),
            language="de",
            constraints=("jazz", "calm"),
        )
    )

    (row,) = rows_shared(given, floor=5).rows

    assert (row.mood, row.week, row.language) == (None, "", "")
    assert row.constraints == ("jazz",)
    assert row.people == 6


@pytest.mark.parametrize(
    ("people", "said"), [(5, 5), (9, 5), (10, 10), (39, 20), (40, 40)]
)
def test_how_many_stand_behind_a_row_is_told_roughly(people, said):
    assert at_least(people, floor=5) == said


def test_texts_are_the_same_however_they_are_set():
    assert text_pattern("  “Calm\n JAZZ…” ") == text_pattern("calm jazz")


def some_people(seed, people=60, songs=12):
    """Make records of people with tastes, words and weeks of many kinds."""
    chance = np.random.default_rng(seed)
    given = []
    for who in range(people):
        for _ in range(chance.integers(1, 6)):
            words = chance.choice(["jazz", "calm", "fast", "rock", "80s"], 2, False)
            held = chance.permutation(songs)[: chance.integers(1, 6)]
            kind = int(chance.integers(0, 3))
            text = (f"{words[0]} please", f"some {words[0]}", f"for {who}")[kind]
            given.append(
                give(
                    len(given),
                    f"p{who}",
                    text,
                    [f"s{n}" for n in held[:3]],
                    [f"s{n}" for n in held[3:]],
                    constraints=words.tolist(),
                    week=date(2026, 11, 2 + 7 * int(chance.integers(0, 4))),
                    mood=(0.25 * int(chance.integers(0, 5)), 0.5),
                )
            )
    return given


def could_be_from(row, one):
    """Say whether a record, by leaving something out, becomes the row."""
    return (
        (row.text == text_pattern(one.text) or row.is_general)
        and set(row.constraints) <= set(one.constraints)
        and set(row.approved) <= set(one.approved)
        and set(row.refused) <= set(one.refused)
        and row.week in ("", one.week.strftime("%G-W%V"))
        and row.language in ("", one.language)
        and row.space in ("", one.space)
        and row.mood in (None, one.mood)
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("floor", [2, 5])
def test_whoever_knows_all_that_everybody_gave_cannot_tell_who_is_behind_a_row(
    seed, floor
):
    given = some_people(seed)

    rows = rows_shared(given, floor=floor).rows

    assert len(rows) > 5
    assert len({(r.text, r.approved, r.refused) for r in rows}) > 5
    for row in rows:
        suspects = {one.contributor for one in given if could_be_from(row, one)}
        assert row.approved or row.refused
        assert floor <= row.people <= len(suspects)


@pytest.mark.parametrize("seed", range(3))
def test_rows_do_not_depend_on_the_order_in_which_things_were_given(seed):
    given = some_people(seed)
    shuffled = [given[n] for n in np.random.default_rng(1).permutation(len(given))]

    assert set(rows_shared(given, floor=5).rows) == set(
        rows_shared(shuffled, floor=5).rows
    )
