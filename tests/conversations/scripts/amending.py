"""Changing the list in the words that people use: by what songs are, by halves, by turns."""

from tests.conversations.script import (
    added,
    artists_of,
    by,
    count,
    every,
    falling,
    genre,
    gone_at,
    in_order,
    is_list_of,
    is_of_genre,
    lasts,
    lower,
    new,
    no,
    none_by,
    nothing_lost,
    only_removed,
    other,
    removed,
    reordered,
    rising,
    script,
    some,
    some_by,
    titled,
    unchanged,
    years,
)


def stays_at(*places):
    """Just the songs at these places stay (1 is the first), in their order."""

    def check(moment):
        assert moment.after == tuple(moment.before[place - 1] for place in places)

    return check


def came_at(place):
    """One song came, and stands there; the others stand in their order."""

    def check(moment):
        assert [moment.after[place - 1]] == moment.added
        assert [t for t in moment.after if t in moment.before] == list(moment.before)

    return check


def turned_round(moment):
    assert moment.after == moment.before[::-1]


def no_runs(moment):
    for one, other_ in zip(moment.after, moment.after[1:], strict=False):
        assert artists_of(one).isdisjoint(artists_of(other_))


def by_turns(attribute):
    """Each song of an even place is below both beside it, or each of an odd one is."""

    def check(moment):
        values = [getattr(track, attribute) for track in moment.after]
        steps = [b - a for a, b in zip(values, values[1:], strict=False)]
        turns = sum(one * two < 0 for one, two in zip(steps, steps[1:], strict=False))
        assert turns == len(steps) - 1

    return check


def utmost_went(attribute, number, *, is_descending=False):
    """Those songs went that were the most of something."""

    def check(moment):
        values = sorted(
            (getattr(track, attribute) for track in moment.before),
            reverse=is_descending,
        )
        gone = sorted(
            (getattr(track, attribute) for track in moment.removed),
            reverse=is_descending,
        )
        assert gone == values[:number]

    return check


def only_rock_went(moment):
    assert all(is_of_genre(track, "rock") for track in moment.removed)


def given(holds):
    """Something about what is asked for from now on."""

    def check(moment):
        assert holds(moment.state.given)

    return check


JAZZ = ("play some jazz", count(12), genre("jazz"))
POP = ("10 pop songs", count(10), genre("pop"))
MIXED = (
    "20 songs by {pop 1}, {pop 2} and {pop 3}",
    some_by("{pop 1}"),
    some_by("{pop 2}"),
)

SCRIPTS = (
    script(
        "all but some",
        JAZZ,
        ("keep all but the last two", stays_at(*range(1, 11))),
        ("undo", is_list_of(1)),
        ("lose everything but the first three", stays_at(1, 2, 3)),
        ("undo", is_list_of(1)),
        ("keep everything except number 3", gone_at(3)),
        ("everything but the first can go", stays_at(1)),
    ),
    script(
        "all but a kind",
        ("6 jazz songs", genre("jazz"), count(6)),
        ("add 4 metal songs", added(4), new(genre("metal"))),
        ("keep everything but the metal", is_list_of(1)),
        ("undo", count(10)),
        ("lose everything but the metal", count(4), genre("metal")),
    ),
    script(
        "words of the street",
        JAZZ,
        ("chuck number 4", gone_at(4)),
        ("del 2", gone_at(2)),
        ("trash the last one", gone_at(10)),
        ("let 3 and 4 change places", stays_at(1, 2, 4, 3, 5, 6, 7, 8, 9)),
        ("5 first please", stays_at(5, 1, 2, 3, 4, 6, 7, 8, 9)),
        ("the second is a no for me", only_removed),
    ),
    script(
        "drop what is slower",
        ("20 songs from the 70s", count(20), years(1970, 1979)),
        (
            "drop everything slower than 110 bpm",
            only_removed,
            every(lambda t: t.tempo_bpm >= 110),
            years(1970, 1979),
        ),
        ("undo", is_list_of(1)),
    ),
    script(
        "drop what is of a kind and a time",
        ("20 rock and folk songs", count(20)),
        (
            "get rid of the rock songs from the 70s",
            no(lambda t: is_of_genre(t, "rock") and 1970 <= t.year <= 1979),
            only_rock_went,
        ),
        ("add 4 more rock songs", added(4), new(genre("rock"))),
    ),
    script(
        "one of an artist's",
        MIXED,
        ("remove one of the {pop 1} songs", removed(1), some_by("{pop 1}")),
    ),
    script(
        "every second song",
        JAZZ,
        ("delete every second song", stays_at(*range(1, 12, 2))),
    ),
    script("keep every other", JAZZ, ("keep every third song", stays_at(3, 6, 9, 12))),
    script(
        "the slowest three",
        POP,
        ("kick the three slowest", removed(3), utmost_went("tempo_bpm", 3)),
        (
            "and drop the longest",
            removed(1),
            utmost_went("duration_ms", 1, is_descending=True),
        ),
    ),
    script(
        "only the first five",
        JAZZ,
        ("keep just the first five", stays_at(1, 2, 3, 4, 5)),
    ),
    script(
        "keep some and drop the rest",
        JAZZ,
        ("keep 1, 3 and 5 and drop the rest", stays_at(1, 3, 5)),
    ),
    script(
        "misspelt",
        JAZZ,
        ("remvoe the second song pls", gone_at(2)),
        ("delte nr 3", gone_at(3)),
    ),
    script(
        "can go",
        JAZZ,
        ("3 and 5 can go", gone_at(3, 5)),
        ("the last one has to go", gone_at(-1)),
    ),
    script(
        "two of each artist",
        MIXED,
        (
            "max two songs per artist",
            only_removed,
            lambda m: _at_most(m, 2),
        ),
        (
            "drop the second songs by the same artist",
            only_removed,
            lambda m: _at_most(m, 1),
        ),
    ),
    script(
        "another",
        ("give me one jazz song", count(1)),
        ("another", added(1), genre("jazz")),
        ("one more please", added(1)),
        ("two more", added(2)),
    ),
    script(
        "put in, but only one",
        POP,
        ("put {jazz 1} in but only one song", added(1), some_by("{jazz 1}")),
        ("add one by {soul 1}", added(1), some_by("{soul 1}")),
        (
            "add a couple of {blues 1} songs at the start",
            added(2),
            lambda m: _starts_by(m, "{blues 1}", 2),
        ),
        ("undo", is_list_of(3)),
    ),
    script(
        "put between",
        POP,
        ("put a {jazz 1} song between 3 and 4", added(1), came_at(4)),
        ("put {soul 1: 2} by {soul 1} at number 2", came_at(2), titled("{soul 1: 2}")),
        ("and {soul 2: 3} right after it", came_at(3), titled("{soul 2: 3}")),
        ("put {soul 3: 1} before the {jazz 1} song", came_at(6)),
    ),
    script(
        "a title at the end, and others",
        POP,
        ("add {metal 2: 4} at the end", added(1), came_at(11), titled("{metal 2: 4}")),
        ("open with {metal 2: 4}", reordered, lambda m: _stands_first(m)),
        ("end with {soul 1: 2}", added(1), came_at(12), titled("{soul 1: 2}")),
        ("put {metal 2: 4} last", reordered),
    ),
    script(
        "enough of somebody",
        ("10 songs by {pop 1} and {pop 2}", some_by("{pop 1}")),
        ("i'm over {pop 1}", by("{pop 2}"), given(lambda g: g.without_artists)),
    ),
    script("enough", POP, ("enough {pop 2} for now", none_by("{pop 2}"))),
    script(
        "a kind of a time goes, and no other",
        ("12 rock songs from the 70s and 80s", years(1970, 1989)),
        ("add 4 soul songs from the 70s", added(4)),
        (
            "get rid of the rock from the 70s",
            only_removed,
            no(lambda t: is_of_genre(t, "rock") and t.year < 1980),
            some(lambda t: is_of_genre(t, "soul"), 4),
        ),
    ),
    script("skip where nothing is", ("skip this song", unchanged)),
    script(
        "an artist's song at the end",
        ("10 songs by {pop 1} and {pop 2}", some_by("{pop 2}")),
        (
            "move the {pop 2} ones to the end",
            reordered,
            lambda m: _ends_by(m, "{pop 2}"),
        ),
    ),
    script(
        "faster and the other way round",
        ("make me a playlist that gets faster", rising("tempo_bpm")),
        ("now the other way round", turned_round, falling("tempo_bpm")),
        ("reverse the order of the list", turned_round),
    ),
    script(
        "by halves",
        ("workout playlist, 45 minutes", lasts(45)),
        ("first half slower than second half", reordered, rising("tempo_bpm")),
        ("slow songs last, fast ones first", reordered, falling("tempo_bpm")),
    ),
    script(
        "by turns",
        ("10 pop and folk songs", count(10)),
        ("alternate loud and quiet", reordered, by_turns("energy")),
    ),
    script(
        "apart",
        MIXED,
        ("group them by artist", reordered),
        ("don't put two songs by the same artist in a row", reordered, no_runs),
    ),
    script(
        "newest first",
        POP,
        ("sort by year, newest first", in_order("year", is_descending=True)),
    ),
    script(
        "one at the end",
        POP,
        ("end with something slow", lambda m: _last_is(m, "tempo_bpm", min)),
        ("start with a banger", lambda m: _first_is(m, "energy", max)),
    ),
    script(
        "forget a kind",
        ("20 songs, less pop more soul", genre("soul")),
        (
            "actually forget the soul",
            unchanged,
            given(lambda g: not g.genres and "pop" in g.without_genres),
        ),
    ),
    script(
        "forget tempo and time",
        ("6 pop songs from the 90s, not too fast", years(1990, 1999)),
        (
            "never mind the tempo",
            unchanged,
            given(lambda g: not g.wishes and g.years == (1990, 1999)),
        ),
        (
            "the year doesn't matter any more",
            unchanged,
            given(lambda g: g.years == (None, None)),
        ),
        ("undo", unchanged, given(lambda g: g.years == (1990, 1999))),
    ),
    script(
        "drop the 90s thing",
        ("12 pop songs", count(12)),
        ("from the 90s", years(1990, 1999)),
        (
            "drop the 90s thing",
            unchanged,
            given(lambda g: g.years == (None, None) and g.genres),
        ),
    ),
    script(
        "any length",
        POP,
        ("nothing longer than 4 minutes", every(lambda t: t.duration_ms <= 240_000)),
        ("any length is fine", unchanged, given(lambda g: not g.of("duration"))),
    ),
    script(
        "tired of one, then not",
        ("10 songs by {pop 1} and {pop 2}", some_by("{pop 1}")),
        ("I'm tired of {pop 1}", by("{pop 2}"), given(lambda g: g.without_artists)),
        (
            "ok you can play him again",
            unchanged,
            given(lambda g: not g.without_artists),
        ),
    ),
    script(
        "two great and the rest not",
        JAZZ,
        ("the first two are great, the rest is meh", stays_at(1, 2)),
    ),
    script("two bad", JAZZ, ("3 and 5 are bad", gone_at(3, 5))),
    script("love and hate", JAZZ, ("love number 2, hate 4", gone_at(4))),
    script(
        "not that heavy",
        ("10 rock songs", genre("rock")),
        (
            "not that heavy",
            genre("rock"),
            lower("energy"),
        ),
    ),
    script(
        "sizes",
        POP,
        ("make it longer, an hour and a half", lasts(90), nothing_lost),
        ("cut it to 30 minutes", lasts(30, 0.1)),
        ("double it", nothing_lost, count(12, 24)),
        ("ten songs max", count(10), only_removed),
        ("ten songs max", unchanged),
        ("add 15 minutes of jazz at the end", nothing_lost, new(genre("jazz"))),
    ),
    script(
        "two edits at once",
        JAZZ,
        ("remove the first one and move the last to the top", count(11)),
        ("drop 2 and 3, then reverse it", count(9)),
    ),
    script(
        "replace a kind",
        ("country and folk", count(12)),
        ("replace the country songs", count(12), other(0.2)),
    ),
)


def _at_most(moment, number):
    names = [name for track in moment.after for name in artists_of(track)]
    assert all(names.count(name) <= number for name in names)


def _starts_by(moment, name, number):
    wanted = moment.world.spoken(name)
    assert all(wanted in artists_of(track) for track in moment.after[:number])


def _ends_by(moment, name):
    wanted = moment.world.spoken(name)
    is_theirs = [wanted in artists_of(track) for track in moment.after]
    assert is_theirs == sorted(is_theirs)


def _last_is(moment, attribute, which):
    values = [getattr(track, attribute) for track in moment.after]
    assert values[-1] == which(values)


def _stands_first(moment):
    """What stood last stands first."""
    assert moment.after[0] == moment.before[-1]


def _first_is(moment, attribute, which):
    values = [getattr(track, attribute) for track in moment.after]
    assert values[0] == which(values)
