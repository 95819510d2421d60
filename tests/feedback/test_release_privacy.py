"""Nobody is found in a release, and who withdraws is in none that comes."""

import json
import re
import uuid
from datetime import date

import numpy as np
import pyarrow.parquet
import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.deleting import user_delete
from catalog.models import Track
from feedback.donation.consent import Purpose
from feedback.donation.keys import donation_keys
from feedback.donation.records import records_of
from feedback.donation.work import donations_make
from feedback.models import DonatedRecord, DonatedTrack, ReleasedRecord, Review
from feedback.releasing.floor import text_pattern
from feedback.releasing.publishing import release_publish
from feedback.releasing.reading import release_rows
from feedback.releasing.work import release_ask, release_make
from feedback.releasing.writing import release_folder
from playlists.models import LibraryTrack
from tests.catalog.ingest.tables.written import csv_text, spotify_row
from tests.factories import make_track, make_user
from tests.feedback.curation.conftest import decide
from tests.feedback.donation.giving import agree, react, work
from tests.feedback.giving import identifiers_of, make_record, people
from tests.filling import Filled, tables_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

# What a release may tell, by table and column; everything else in the database may not.
PUBLIC = {
    "catalog.Track": {"uuid", "title", "isrc", "musicbrainz_id", "key", "song_key"},
    "catalog.Artist": {"name", "key"},
    "feedback.DonatedRecord": {"text", "language", "constraints", "space"},
    "feedback.DonatedTrack": {"identifiers"},
    "catalog.Space": {"slug"},
}
# They speak of no listener, but in words that a data card uses as well.
TABLES_OF_THE_SITE = ("contenttypes.", "auth.", "feedback.Release")
# Shorter values ("en", "like", a small number) would be found anywhere.
LEAST = 8
FLOOR = 3


def secrets():
    """Return every text, key and JSON value of the database that isn't public."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label.startswith(TABLES_OF_THE_SITE) or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if field.name in PUBLIC.get(label, ()):
                continue
            values = model._base_manager.order_by().values_list(
                field.attname, flat=True
            )
            for value in values:
                found |= set(strings(value))
    return {s for s in found if len(s) >= LEAST}


def strings(value):
    """Yield the texts in a value, however deep."""
    match value:
        case str():
            yield value
        case uuid.UUID():
            yield str(value)
            yield value.hex
        case bytes() | memoryview():
            return
        case dict():
            # Keys are names of fields, the same for everybody.
            for inner in value.values():
                yield from strings(inner)
        case list() | tuple():
            for inner in value:
                yield from strings(inner)


def released(folder):
    """Return every value of every column of every file, by file and column."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.suffix == ".jsonl":
            for line in path.read_text().splitlines():
                for column, value in json.loads(line).items():
                    found.setdefault((name, column), []).append(value)
        elif path.suffix == ".parquet":
            table = pyarrow.parquet.read_table(path)
            for column in table.column_names:
                found[name, column] = table[column].to_pylist()
            found[name, "metadata"] = [str(table.schema.metadata)]
        elif path.suffix != ".zip" and path.is_file():
            found[name, ""] = [path.read_text()]
    return found


def test_no_column_holds_an_identifier_or_anything_of_spotify():
    # Rows of listeners in every table there is, and what Spotify brought of them.
    ada = Filled("ada").user
    session = SessionStore()
    session["of"] = "session-of-ada"
    session.create()
    spotify = "4uLU6hMCjMI75M1A2tKUQC"
    song = make_track("Blue Hour", artist="Ada Lane", spotify_id=spotify)
    assert LibraryTrack.objects.exists()
    for n, who in enumerate(people("train", 5)):
        record = make_record(who, "calm jazz", [song], week=date(2026, 11, 23))
        DonatedTrack.objects.filter(record=record).update(
            identifiers={
                **identifiers_of(song),
                "spotify": spotify,
                "uri": f"spotify:track:{spotify}",
                "cover": f"https://i.scdn.co/image/{n}abcdef",
            }
        )
    # What was made up for the tables is under no key that there is.
    DonatedRecord.objects.update(key_id=donation_keys()[0].id)
    release = release_ask()
    release_make(release.pk)

    columns = released(release_folder(1))
    hidden = {*secrets(), ada.username}
    assert {("data/train.jsonl", "text"), ("data/train.parquet", "text")} <= set(
        columns
    )
    assert ("cpcd/dialogs.train.jsonl", "turns") in columns
    assert {ada.email, spotify, session.session_key} <= hidden
    assert {r.pseudonym for r in DonatedRecord.objects.all()} <= hidden
    for (name, column), values in columns.items():
        # Values are looked at whole, and texts for what stands in them.
        told = json.dumps(values, ensure_ascii=False, default=str)
        assert "scdn" not in told, (name, column)
        if name.endswith((".jsonl", ".parquet")):
            assert "spotify" not in told.casefold(), (name, column)
        leaked = {secret for secret in hidden if secret in told}
        if name == "README.md":
            leaked -= {"approved"}  # a status, and a word of the card
        assert not leaked, (name, column, leaked)
    numbers = {
        value
        for values in columns.values()
        for value in values
        if isinstance(value, int) and not isinstance(value, bool)
    }
    assert numbers == {5}


def test_what_a_table_of_spotify_told_of_a_song_is_in_no_release(tmp_path):
    own = make_track(
        "Blue Hour",
        artist="Ada Lane",
        duration_ms=180_000,
        song_key="blue hour | ada lane",
        source="file",
    )
    told = [
        spotify_row(1, track_name="Blue Hour", track_artist="Ada Lane"),
        spotify_row(2, track_name="Their Title", track_artist="Their Artist"),
    ]
    codes = ("USRC17607839", "USRC17607840")
    rows = [
        {**row, "isrc": isrc, "track_popularity": 44, "duration_ms": 180_000}
        for row, isrc in zip(told, codes, strict=True)
    ]
    (tmp_path / "theirs.csv").write_text(csv_text(rows))
    table = ("import_tracks", str(tmp_path / "theirs.csv"))
    call_command(*table, "--format", "spotify-features", "--origin", "mine")
    own.refresh_from_db()
    theirs = Track.objects.get(title="Their Title")
    assert (own.isrc, theirs.isrc) == codes
    assert own.popularity == theirs.popularity == 44
    # A file of theirs that is found later doesn't make the names our own.
    theirs.sources.create(kind="file", key="theirs.mp3")
    for n, who in enumerate(people("train", 5)):
        user, turn = make_user(f"giver{n}"), uuid.uuid4()
        agree(user)
        for track in (own, theirs):
            react(user, track, turn=turn, words="calm jazz", asked={})
        (record,) = work(user)
        DonatedRecord.objects.filter(pk=record.pk).update(
            pseudonym=who, status="approved"
        )

    release = release_ask()
    release_make(release.pk)

    columns = released(release_folder(1))
    told = json.dumps([*columns.values()], ensure_ascii=False, default=str)
    assert "Blue Hour" in told
    for secret in (*codes, "Their Title", "Their Artist", "spotify-mine"):
        assert secret not in told
    assert 44 not in [value for values in columns.values() for value in values]


def test_ids_of_rows_are_random_and_say_no_order():
    song = make_track()
    for n in range(12):
        for who in people("train", 5):
            make_record(who, f"song number {n:02}", [song])
    orders, ids = [], set()
    for number in (1, 2):
        release = release_ask()
        release_make(release.pk)
        release.refresh_from_db()
        rows = release_rows(release, "train")
        assert release.number == number
        orders.append([row["text"] for row in rows])
        ids |= {row["id"] for row in rows}

    assert len(ids) == 24
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)
    assert sorted(orders[0]) == sorted(orders[1])
    # One in 479,001,600 of all orders is this one.
    assert orders[0] != orders[1]
    assert orders[0] != sorted(orders[0])


@pytest.fixture
def known(settings):
    """What everybody gave, as an attacker knows it: people with tastes and habits."""
    settings.RELEASE_FLOOR = FLOOR
    chance = np.random.default_rng(2)
    songs = [make_track(f"Song {n}") for n in range(10)]
    asks = ("calm jazz", "fast rock", "jazz for cooking", "rain", "old soul")
    found = []
    for part in ("validation", "test"):
        for who in people(part, FLOOR):
            make_record(who, "nothing in common", [make_track()], constraints=[])
    for who in people("train", 24):
        for ask in chance.choice(asks, 3, replace=False):
            held = [songs[n] for n in chance.permutation(10)[:5]]
            text = str(ask) if chance.random() < 0.7 else f"{ask} for my dog {who[-3:]}"
            # What else tells people apart, each of it in every column.
            mood = {"valence": chance.choice((0.1, 0.9)), "energy": 0.5}
            facts = {
                "constraints": [*str(ask).split()[:2], *chance.choice(("a", "b"), 1)],
                "language": str(chance.choice(("en", "el"))),
                "space": str(chance.choice(("ears", "clap"))),
                "week": date(2026, 11, int(chance.choice((16, 23)))),
                "mood": chance.choice((None, mood)),
            }
            make_record(who, text, held[:3], held[3:], **facts)
            found.append((who, text, facts, held[:3], held[3:]))
    return found


def likely(row, known):
    """Return the people of whom a record becomes this row by leaving something out."""
    liked = {song["track"] for song in row["approved"]}
    refused = {song["track"] for song in row["refused"]}
    found = {}
    for who, text, facts, approved, others in known:
        if (
            liked <= {str(t.uuid) for t in approved}
            and refused <= {str(t.uuid) for t in others}
            and (row["is_general"] or text_pattern(text) == row["text"])
            and set(row["constraints"]) <= set(facts["constraints"])
            and row["language"] in ("", facts["language"])
            and row["space"] in ("", facts["space"])
            and row["week"] in ("", facts["week"].strftime("%G-W%V"))
            and row["mood"] in (None, quarters(facts["mood"]))
        ):
            found[who] = True
    return list(found)


def quarters(mood):
    """Return a mood as releases tell it."""
    return mood and {axis: round(float(held) * 4) / 4 for axis, held in mood.items()}


def test_who_knows_all_that_everybody_gave_cannot_say_who_said_a_row(known):
    release = release_ask()
    release_make(release.pk)
    release.refresh_from_db()
    rows = release_rows(release, "train")
    assert len(rows) >= 10

    for row in rows:
        suspects = likely(row, known)
        assert len(suspects) >= FLOOR
        assert row["people"] <= len(suspects)
    # The same attack on the records themselves finds most of their people.
    bare = [
        {
            "text": text_pattern(text),
            "is_general": False,
            "approved": [{"track": str(t.uuid)} for t in approved],
            "refused": [{"track": str(t.uuid)} for t in refused],
            **facts,
            "week": facts["week"].strftime("%G-W%V"),
            "mood": quarters(facts["mood"]),
        }
        for _, text, facts, approved, refused in known
    ]
    found = [
        likely(row, known) == [who] for row, (who, *_) in zip(bare, known, strict=True)
    ]
    assert np.mean(found) > 0.8


def test_who_knows_all_but_one_person_names_nobody_better_than_by_chance(known):
    release = release_ask()
    release_make(release.pk)
    release.refresh_from_db()
    rows = release_rows(release, "train")
    chance = np.random.default_rng(3)
    everybody = sorted({who for who, *_ in known})

    hits = tries = 0
    for hidden in everybody:
        others = [one for one in known if one[0] != hidden]
        for row in rows:
            # Those who may have said it: who is known to fit, and the unknown person.
            guess = chance.choice([*likely(row, others), hidden])
            said_it = chance.choice(likely(row, known))
            hits += guess == said_it
            tries += 1
        # Held against each row, the best that can be said is one in so many.
        assert all(len(likely(row, others)) + 1 >= FLOOR for row in rows)

    assert hits / tries <= 1 / FLOOR


def give(user, *tracks, words="calm jazz"):
    """Have somebody agree and like songs in one turn. Returns it, not yet written."""
    turn = uuid.uuid4()
    agree(user)
    for track in tracks:
        react(user, track, turn=turn, words=words, asked={})
    return turn


def approve(user):
    """Let a worker write what somebody gave, and it all be approved."""
    work(user)
    records_of(user.pk).update(status="approved", part="train")


def stop_giving(user):
    client = Client()
    client.force_login(user)
    for purpose in Purpose.values:
        client.post(
            reverse("feedback:choose-giving"), {"wanted": "stop", "purpose": purpose}
        )


@pytest.mark.parametrize("leave", [stop_giving, user_delete])
@pytest.mark.parametrize(
    "stage", ["due", "waiting", "drawn", "approved", "released", "published"]
)
def test_who_withdraws_is_in_no_release_that_comes(stage, leave, settings):
    settings.SECOND_LOOK_SHARE = 1
    ada, *others = (make_user(f"giver{n}") for n in range(6))
    song, own = make_track("Of all"), make_track("Only hers")
    for user in others:
        give(user, song)
        approve(user)
    # Below the floor without hers.
    for user in others[:4]:
        give(user, own)
        approve(user)
    for mine in (song, own):
        give(ada, mine)
    if stage in ("released", "published"):
        approve(ada)
    first = release_ask()
    release_make(first.pk)
    if stage == "published":
        release_publish(first)
    path = release_folder(1) / "data/train.jsonl"
    before = path.read_bytes()
    assert ("Only hers" in before.decode()) is (stage in ("released", "published"))
    if stage in ("waiting", "drawn"):
        work(ada)
    if stage == "drawn":
        cara = make_user("cara", is_superuser=True, is_staff=True)
        make_user("dan", is_superuser=True, is_staff=True)  # who would look, too
        for record in records_of(ada.pk):
            decide(record, cara)
    if stage == "approved":
        approve(ada)
    names = [key.pseudonym(ada.pk) for key in donation_keys()]
    gone = [record.pk for record in records_of(ada.pk)]
    assert len(gone) == (0 if stage == "due" else 2)
    assert Review.objects.filter(is_drawn=True).count() == 2 * (stage == "drawn")

    leave(ada)

    donations_make(ada.pk)
    second = release_ask()
    release_make(second.pk)
    second.refresh_from_db()
    assert "Only hers" not in (release_folder(2) / "data/train.jsonl").read_text()
    assert [row["people"] for row in release_rows(second, "train")] == [5]
    withdrawn = 2 if stage in ("released", "published") else 0
    assert second.facts["withdrawn"] == withdrawn
    card = (release_folder(2) / "README.md").read_text()
    assert f"{withdrawn} were withdrawn" in card
    # The first one isn't changed; nothing in the database says that they were in it.
    assert path.read_bytes() == before
    assert not ReleasedRecord.objects.filter(record__in=gone).exists()
    assert not DonatedTrack.objects.filter(record__in=gone).exists()
    assert not any(tables_with(name) for name in names)


def test_a_song_that_is_gone_from_here_is_still_named():
    song = make_track("Blue Hour", artist="Ada Lane", isrc="USRC17607839")
    for who in people("train", 5):
        make_record(who, "calm jazz", [song])
    Track.objects.filter(pk=song.pk).delete()

    release = release_ask()
    release_make(release.pk)

    release.refresh_from_db()
    (row,) = release_rows(release, "train")
    assert row["approved"] == [
        {
            "track": "",
            "isrc": "USRC17607839",
            "musicbrainz": "",
            "title": "Blue Hour",
            "artists": ["Ada Lane"],
        }
    ]
