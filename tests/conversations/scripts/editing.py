"""Changing the list: taking out, adding, replacing, moving, cutting, undoing."""

from tests.conversations.script import (
    above,
    added,
    below,
    by,
    count,
    empty,
    falling,
    genre,
    gone_at,
    higher,
    in_order,
    is_list_of,
    is_of_genre,
    lasts,
    lower,
    mostly_kept,
    new,
    no_genre,
    none_by,
    nothing_lost,
    only_removed,
    reordered,
    rising,
    script,
    some_by,
    titled,
    unchanged,
    years,
)


def moved(start, end):
    """The song at one place stands at another; the others keep their order."""

    def check(moment):
        song = moment.before[start - 1]
        assert moment.after[end - 1 if end > 0 else end] == song
        assert [t for t in moment.after if t != song] == [
            t for t in moment.before if t != song
        ]

    return check


def swapped(one, other):
    """Two songs stand in each other's place."""

    def check(moment):
        wanted = list(moment.before)
        wanted[one - 1], wanted[other - 1] = wanted[other - 1], wanted[one - 1]
        assert list(moment.after) == wanted

    return check


def replaced(place):
    """Another song stands there; the others are as they were."""

    def check(moment):
        assert len(moment.after) == len(moment.before)
        changed = [
            n
            for n, pair in enumerate(zip(moment.before, moment.after, strict=True), 1)
            if pair[0] != pair[1]
        ]
        assert changed == [place]

    return check


def instead(start, end):
    """The song at one place stands at another's, which went."""

    def check(moment):
        wanted = list(moment.before)
        wanted[end - 1] = wanted[start - 1]
        del wanted[start - 1]
        assert list(moment.after) == wanted

    return check


def reversed_(moment):
    assert moment.after == moment.before[::-1]


def no_runs(moment):
    for one, other in zip(moment.after, moment.after[1:], strict=False):
        ids = {c.artist_id for c in one.credits.all()}
        assert ids.isdisjoint(c.artist_id for c in other.credits.all())


JAZZ = ("play some jazz", count(12), genre("jazz"))
POP = ("10 pop songs", count(10), genre("pop"))

SCRIPTS = (
    script("take out the second", JAZZ, ("remove the second one", gone_at(2))),
    script("one takes another's place", JAZZ, ("put 3 in place of 5", instead(3, 5))),
    script("two change places", JAZZ, ("swap 2 with 5", swapped(2, 5))),
    script(
        "a later one takes a place",
        JAZZ,
        ("replace number 2 with number 7", instead(7, 2)),
    ),
    script("take out the last", JAZZ, ("drop the last song", gone_at(-1))),
    script("take out two places", JAZZ, ("remove 2 and 5", gone_at(2, 5))),
    script(
        "take out the first three", JAZZ, ("remove the first three", gone_at(1, 2, 3))
    ),
    script(
        "take out the last two", JAZZ, ("delete the last two songs", gone_at(-1, -2))
    ),
    script(
        "take out an artist",
        ("songs by {jazz 1}, {jazz 2} and {jazz 3}", some_by("{jazz 2}")),
        ("remove everything by {jazz 2}", only_removed, none_by("{jazz 2}")),
        ("add three more", new(count(3)), none_by("{jazz 2}"), nothing_lost),
    ),
    script(
        "take out by part of a name",
        ("songs by {soul 1} and {soul 2}", some_by("{soul 1}")),
        ("no more {soul 1} please", none_by("{soul 1}")),
    ),
    script(
        "take out a genre",
        ("country and folk", genre("country", "folk")),
        ("remove the country songs", only_removed, no_genre("country")),
    ),
    script(
        "take out a time",
        ("20 rock songs", count(20)),
        ("remove everything from the 70s", only_removed, lambda m: None),
    ),
    script("take out what isn't there", JAZZ, ("remove all metal", unchanged)),
    script("take out a title", POP, ("remove number 4", gone_at(4))),
    script(
        "keep only some", JAZZ, ("keep only the first four", count(4), only_removed)
    ),
    script(
        "keep only an artist",
        ("songs by {pop 1} and {pop 2}", some_by("{pop 1}")),
        ("keep only {pop 1}", by("{pop 1}"), only_removed),
    ),
    script("clear", JAZZ, ("clear the list", empty)),
    script("start over", JAZZ, ("start over", empty), ("some blues", genre("blues"))),
    script("add a number", JAZZ, ("add 3 more", added(3), genre("jazz"))),
    script(
        "add a genre",
        POP,
        (
            "add some 90s hip-hop",
            nothing_lost,
            new(genre("hip hop"), years(1990, 1999)),
        ),
    ),
    script(
        "add an artist",
        POP,
        ("add two songs by {rock 1}", added(2), new(by("{rock 1}"))),
    ),
    script(
        "add a title",
        JAZZ,
        ("add {metal 1: 2} by {metal 1}", added(1), titled("{metal 1: 2}")),
    ),
    script("add more like one", JAZZ, ("add 2 more like the first one", added(2))),
    script(
        "make it longer",
        POP,
        ("make it longer", nothing_lost, count(11, 30), genre("pop")),
    ),
    script(
        "twenty in all",
        POP,
        ("make it 20 songs", count(20), nothing_lost, genre("pop")),
    ),
    script("shorter", POP, ("make it shorter", only_removed, count(3, 9))),
    script("cut to five", POP, ("cut it to 5 songs", count(5), only_removed)),
    script("to an hour", POP, ("make it an hour long", lasts(60), genre("pop"))),
    script(
        "to half an hour",
        ("20 folk songs", count(20)),
        ("shorten it to 30 minutes", lasts(30, 0.1), only_removed),
    ),
    script("replace one", POP, ("replace the third song", replaced(3))),
    script(
        "replace one by something faster",
        POP,
        (
            # The second is the fastest pop song of all.
            "replace the fifth with something faster",
            replaced(5),
            lambda m: _faster(m, 5),
        ),
    ),
    script("move to the top", POP, ("move the fourth to the top", moved(4, 1))),
    script("move to the end", POP, ("move the third to the end", moved(3, -1))),
    script("put first", POP, ("put the last one first", moved(10, 1))),
    script("swap", POP, ("swap 2 and 5", swapped(2, 5))),
    script("reverse", POP, ("reverse the order", reversed_)),
    script("shuffle", POP, ("shuffle it", reordered)),
    script(
        "shuffle without runs",
        ("20 songs by {pop 1}, {pop 2} and {pop 3}", count(10, 20)),
        ("shuffle the list", reordered, no_runs),
    ),
    script("sort by year", POP, ("sort by year", in_order("year"))),
    script(
        "sort by energy",
        POP,
        ("sort it by energy", lambda m: None, lambda m: _sorted_either(m, "energy")),
    ),
    script(
        "sort by tempo, fastest first",
        POP,
        ("order by tempo, fastest first", in_order("tempo_bpm", is_descending=True)),
    ),
    script("more upbeat", JAZZ, ("make it more upbeat", higher("energy"))),
    script("calmer", POP, ("make it calmer", lower("energy"))),
    script("happier", JAZZ, ("happier please", higher("valence"))),
    # A plain list of pop holds the saddest songs of pop already.
    script(
        "sadder",
        ("happy pop", above("valence", 0.6)),
        ("a bit sadder", lower("valence"), genre("pop")),
    ),
    script("faster", POP, ("faster", higher("tempo_bpm"))),
    script("slower", POP, ("slower", lower("tempo_bpm"))),
    script("more acoustic", POP, ("make it more acoustic", higher("acousticness"))),
    script("less electronic", POP, ("less electronic", higher("acousticness"))),
    script("more danceable", JAZZ, ("more danceable", higher("danceability"))),
    script(
        "newer", ("20 soul songs", count(20)), ("newer ones", lambda m: _newer(m, 1))
    ),
    script(
        "older", ("20 soul songs", count(20)), ("older ones", lambda m: _newer(m, -1))
    ),
    script(
        "twice more upbeat",
        JAZZ,
        ("more upbeat", higher("energy")),
        ("even more", higher("energy")),
    ),
    script("upbeat keeps the genre", JAZZ, ("make it more upbeat", genre("jazz"))),
    script(
        "the arc", ("start calm and end wild, 15 songs", count(15), rising("energy"))
    ),
    script("the arc down", ("12 songs that wind down", falling("energy"))),
    script(
        "build up", ("a playlist that builds up, 12 songs", count(12), rising("energy"))
    ),
    script(
        "slow to fast",
        ("pop songs from slow to fast", rising("tempo_bpm"), genre("pop")),
    ),
    script(
        "the arc stays",
        ("start calm, end wild, 12 songs", rising("energy")),
        ("add 3 more", rising("energy"), count(15)),
    ),
    script(
        "undo a removal",
        JAZZ,
        ("remove the first one", gone_at(1)),
        ("undo", is_list_of(1)),
    ),
    script(
        "undo an addition",
        JAZZ,
        ("add some metal", lambda m: _some_metal(m)),
        ("undo that", is_list_of(1)),
    ),
    script(
        "undo twice",
        JAZZ,
        ("remove the first one", count(11)),
        ("remove the first one", count(10)),
        ("undo", is_list_of(2)),
        ("undo", is_list_of(1)),
    ),
    script(
        "undo brings back what was given",
        JAZZ,
        ("make it metal instead", genre("metal")),
        ("undo", is_list_of(1)),
        ("add 3 more", added(3), genre("jazz")),
    ),
    script("undo nothing", ("undo", empty)),
    script("go back", JAZZ, ("clear it", empty), ("go back", is_list_of(1))),
    script("rename", JAZZ, ("call it Rainy Sunday", unchanged)),
    script(
        "several edits",
        JAZZ,
        (
            "drop the first one and add two by {rock 1}",
            count(13),
            some_by("{rock 1}", 2),
        ),
    ),
    script(
        "three wishes",
        POP,
        (
            "remove the last one, add 2 folk songs and shuffle it",
            count(11),
            lambda m: _some_folk(m, 2),
        ),
    ),
    script(
        "an edit and a length",
        ("songs by {pop 1} and {pop 2}", some_by("{pop 1}")),
        (
            "drop {pop 1}, add two by {rock 2} and make it an hour",
            none_by("{pop 1}"),
            some_by("{rock 2}", 2),
            lasts(60, 0.1),
        ),
    ),
    script(
        "a count kept by edits",
        ("15 rock songs", count(15)),
        ("no more {rock 1}", none_by("{rock 1}"), count(10, 15)),
    ),
    script("an edit before any list", ("remove the second song", empty)),
    script(
        "mostly kept when shifted a little",
        POP,
        ("a little more upbeat", higher("energy")),
        ("a bit calmer", lower("energy")),
    ),
    script(
        "more of an artist",
        ("rock with {rock 1}", some_by("{rock 1}")),
        ("more of {rock 1}", some_by("{rock 1}", 2), nothing_lost),
    ),
    script(
        "the same but from another time",
        POP,
        ("same but from the 90s", years(1990, 1999), genre("pop")),
    ),
    script(
        "energy up, then cap",
        JAZZ,
        ("more energetic", higher("energy")),
        ("nothing above 130 bpm", lambda m: _all_slower(m, 130)),
    ),
    script(
        "without explicit songs",
        ("15 hip hop songs", count(15)),
        ("remove the explicit ones", only_removed, lambda m: _clean(m)),
    ),
    script(
        "calm end", POP, ("put the calmest song at the end", lambda m: _calmest_last(m))
    ),
    script(
        "mostly kept",
        POP,
        (
            "add one reggae song",
            added(1),
            mostly_kept,
            above("energy", 0.4),
            below("energy", 0.95),
        ),
    ),
)


def _faster(moment, place):
    old, fresh = moment.before[place - 1], moment.after[place - 1]
    assert fresh.tempo_bpm > old.tempo_bpm


def _sorted_either(moment, attribute):
    values = [getattr(track, attribute) for track in moment.after]
    assert values in (sorted(values), sorted(values, reverse=True))
    assert set(moment.after) == set(moment.before)


def _newer(moment, direction):
    (higher if direction > 0 else lower)("year")(moment)


def _some_metal(moment):
    assert any(is_of_genre(track, "metal") for track in moment.added)


def _some_folk(moment, least):
    assert sum(is_of_genre(track, "folk") for track in moment.after) >= least


def _all_slower(moment, tempo_bpm):
    assert all(track.tempo_bpm <= tempo_bpm for track in moment.after)


def _clean(moment):
    assert not any(track.is_explicit for track in moment.after)


def _calmest_last(moment):
    assert moment.after[-1].energy == min(track.energy for track in moment.after)
    assert set(moment.after) == set(moment.before)
