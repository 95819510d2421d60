"""Parts of the list, changes of mind, earlier lists, and what a reply may claim."""

from tests.conversations.script import (
    added,
    by,
    count,
    genre,
    gone_at,
    is_list_of,
    is_of_genre,
    lasts,
    middle,
    names,
    no_genre,
    none_by,
    nothing_lost,
    only_removed,
    script,
    some,
    some_by,
    titled,
    unchanged,
    years,
)

JAZZ = ("play some jazz", count(12), genre("jazz"))
ROCK = ("10 rock songs", count(10), genre("rock"))
TWO_ARTISTS = (
    "songs by {pop 1} and {pop 2}",
    some_by("{pop 1}", 3),
    some_by("{pop 2}", 3),
)


def says_no(*words):
    """The reply holds none of these words."""

    def check(moment):
        said = moment.said.lower()
        assert not [word for word in words if word in said]

    return check


def _second_half_is_calmer(moment):
    half = len(moment.before) // 2
    assert list(moment.after[:half]) == list(moment.before[:half])
    assert middle(moment.after[half:], "energy") < middle(
        moment.before[half:], "energy"
    )


def _lost(attribute, *, most):
    """The song that was the most, or least, of something went, and no other."""

    def check(moment):
        values = [getattr(track, attribute) for track in moment.before]
        end = max(values) if most else min(values)
        assert [getattr(track, attribute) for track in moment.removed] == [end]

    return check


SCRIPTS = (
    # Parts of the list.
    script(
        "the second half", ROCK, ("make the second half calmer", _second_half_is_calmer)
    ),
    script(
        "without the saddest",
        ROCK,
        ("remove the saddest song", _lost("valence", most=False), only_removed),
    ),
    script(
        "without the fastest",
        JAZZ,
        ("drop the fastest one", _lost("tempo_bpm", most=True), only_removed),
    ),
    script(
        "the two oldest",
        JAZZ,
        ("remove the two oldest songs", only_removed, count(10)),
    ),
    script(
        "one artist's songs and no others",
        TWO_ARTISTS,
        ("drop the {pop 1} songs, keep the others", none_by("{pop 1}"), only_removed),
    ),
    script(
        "one artist's song and no others",
        TWO_ARTISTS,
        ("drop the {pop 1} song, keep the others", none_by("{pop 1}"), only_removed),
    ),
    # Numbers.
    script("a song more", JAZZ, ("add a blues song", added(1), nothing_lost)),
    script(
        "just one",
        JAZZ,
        ("add just one song by {rock 1}", added(1), some_by("{rock 1}")),
    ),
    script(
        "a title and its artist come as one",
        JAZZ,
        ("add {folk 2: 4} by {folk 2}", added(1), titled("{folk 2: 4}"), nothing_lost),
    ),
    script("a place that no list has", JAZZ, ("add song 4711", unchanged)),
    script(
        "a number and a time",
        ("15 songs of pop, 45 minutes", lasts(45), names("15 songs")),
    ),
    script("a time and a number that agree", ("an hour of jazz", lasts(60))),
    # Mixed kinds.
    script(
        "three genres",
        (
            "a mix of folk, punk and techno",
            some(lambda t: is_of_genre(t, "folk"), 3),
            some(lambda t: is_of_genre(t, "punk"), 3),
            some(lambda t: is_of_genre(t, "techno"), 3),
        ),
    ),
    script(
        "additions beside a mood",
        ("calm jazz", genre("jazz")),
        ("add 2 metal songs", added(2), nothing_lost, says_no("calm")),
    ),
    script(
        "artists that came later stay",
        TWO_ARTISTS,
        ("add 2 songs by {rock 2}", added(2)),
        ("4 more", added(4), by("{pop 1}", "{pop 2}", "{rock 2}")),
    ),
    # Changes of mind.
    script("scratch that", ("folk songs, scratch that, reggae", genre("reggae"))),
    script(
        "a number stays when the kind changes",
        JAZZ,
        ("add two rock songs, no wait, blues", added(2), lambda m: _are_blues(m)),
    ),
    script(
        "a hated artist",
        ("soul", genre("soul")),
        ("I can't stand {soul 2}", none_by("{soul 2}"), genre("soul")),
        ("10 more", none_by("{soul 2}")),
    ),
    script(
        "no more by whoever made a song",
        ROCK,
        ("no more from the band of the second song", lambda m: _without_band(m, 2)),
        ("5 more", added(5)),
    ),
    script(
        "forgotten",
        ("rock from the 80s", years(1980, 1989)),
        ("forget the 80s", genre("rock")),
        ("20 songs", genre("rock"), some(lambda t: not 1980 <= t.year <= 1989)),
    ),
    # Earlier lists.
    script(
        "the second list",
        JAZZ,
        ("now some metal", genre("metal")),
        ("now some folk", genre("folk")),
        ("go back to the second list", is_list_of(2)),
    ),
    script("a list that never was", JAZZ, ("show me the fourth list again", unchanged)),
    # Stories with a wish in them.
    script(
        "a wish after a story",
        (
            "My grandmother had a garden behind the house. We used to sit there until "
            "late. Play some blues, no country.",
            genre("blues"),
            no_genre("country"),
        ),
    ),
    script(
        "the first goes after a story",
        ROCK,
        ("It was nice. Remove the first one.", gone_at(1)),
    ),
)


def _are_blues(moment):
    assert all(is_of_genre(track, "blues") for track in moment.added)


def _without_band(moment, place):
    band = {c.artist_id for c in moment.before[place - 1].credits.all()}
    assert not any(c.artist_id in band for t in moment.after for c in t.credits.all())
