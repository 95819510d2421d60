"""What is never to be heard again is in no list, by whichever way songs get there."""

from random import Random

import pytest

from catalog.models import Artist, Track
from chat import branching
from chat.agent.understanding.pointing import Place, ThatOne
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import MayPlay, NeverPlay
from chat.agent.understanding.spans import KnownNames
from chat.models import Message
from chat.services import conversation_from_version, conversation_start
from chat.threads import in_thread
from feedback.models import NeverAgain
from feedback.refusing import never_again_lift, never_again_set
from playlists import edits
from playlists.edits import EditRefused
from playlists.files.listing import Entry, Listing
from playlists.importing import import_make
from playlists.models import Playlist, PlaylistVersion
from playlists.services import (
    playlist_copy,
    playlist_create,
    playlist_edit,
    playlist_redo,
    playlist_restore,
    playlist_return,
    playlist_undo,
)
from tests.chat.conftest import Reply
from tests.factories import make_artist, make_track, make_user

AUTHOR = PlaylistVersion.Author.LISTENER
KNOWN = KnownNames({"nickelback": 7, "oasis": 8}, {})


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("never play this again", NeverPlay((ThatOne(),))),
        ("Please never ever play that song again!", NeverPlay((ThatOne(),))),
        ("don't play number 3 again", NeverPlay((Place(3, is_of_playlist=True),))),
        ("never play Nickelback again", NeverPlay((), (7,))),
        ("I never want to hear Nickelback again", NeverPlay((), (7,))),
        ("never play anything by Nickelback", NeverPlay((), (7,))),
        ("never play Nickelback or Oasis again", NeverPlay((), (7, 8))),
        ("never play anything by Nickelback any more", NeverPlay((), (7,))),
        ("you may play it again", MayPlay((ThatOne(),))),
        ("you can play Nickelback again", MayPlay((), (7,))),
    ],
)
def test_what_is_never_to_be_heard_is_read(text, act):
    assert read_message(text, lambda keys: KNOWN, this_year=2026).acts == (act,)


@pytest.mark.parametrize(
    "text",
    [
        "play it again",
        "never play anything slow",
        "never mind",
        "play it",
        "Never play Nickelback, play Oasis instead",
        "never play Nickelback again and add some Oasis",
        "never play Nickelback again. Oasis please",
        "you can play Oasis now but never Nickelback again",
        "never play Nickelback at my wedding",
        "never play Nickelback unless I ask for it",
        "never play anything by Nickelback from the 90s",
    ],
)
def test_other_messages_rule_nothing_out(text):
    acts = read_message(text, lambda keys: KNOWN, this_year=2026).acts

    assert not any(isinstance(act, NeverPlay | MayPlay) for act in acts)


async def test_a_song_that_is_ruled_out_leaves_and_stays_away(
    catalog, ada, open_client
):
    await in_thread(make_track)("Wonderwall", artist="Oasis", genres=("jazz",))
    client = await open_client(ada)
    await client.say("5 jazz songs")
    await client.say("add Wonderwall by Oasis")

    reply = await client.say("never play Wonderwall again")

    assert "Never again: “Wonderwall”" in reply.text
    assert "Wonderwall" not in titles(reply)
    for text in ("20 jazz songs", "undo", "undo", "play Wonderwall"):
        assert "Wonderwall" not in titles(await client.say(text)), text
    assert "never to play" in (await client.say("add Wonderwall by Oasis")).text

    lifted = await client.say("you may play Wonderwall by Oasis again")
    added = await client.say("add Wonderwall by Oasis")

    assert "again" in lifted.text
    assert "Wonderwall" in titles(added), added.text


async def test_what_is_ruled_out_in_words_is_told_to_all_tabs_with_their_lists(
    catalog, ada, open_client
):
    await in_thread(make_track)("Wonderwall", artist="Oasis", genres=("jazz",))
    speaking, other = await open_client(ada), await open_client(ada)
    for tab in (other, speaking):
        assert "Wonderwall" in titles(await tab.say("add Wonderwall by Oasis"))

    said = await speaking.say("never play Wonderwall again")
    await other.until("never")
    heard = Reply(other.frames)
    (never,) = heard.of("never")
    lists = {f["conversation"]: f["playlist"] for f in heard.of("playlist")}

    assert lists.keys() == {speaking.conversation, other.conversation}
    assert len(said.of("playlist")) == 2
    for playlist in lists.values():
        assert "Wonderwall" not in [track["title"] for track in playlist["tracks"]]
        assert playlist["can_undo"]
    assert (never["name"], never["id"], never["is_on"]) == ("Wonderwall", None, True)
    hello = (await open_client(ada)).frames[0]
    assert hello["never"] == {"tracks": never["tracks"], "artists": [], "guests": []}
    await speaking.say("you may play Wonderwall again")
    lifted = await other.until("never", is_on=False)
    assert lifted["tracks"] == never["tracks"]
    assert (await open_client(ada)).frames[0]["never"]["tracks"] == []


async def test_what_the_page_of_the_taste_rules_out_is_told_too(
    catalog, ada, open_client, client
):
    tab = await open_client(ada)
    playlist = (await tab.say("12 jazz songs")).playlist
    maker = playlist["tracks"][0]["artists"][0]

    @in_thread
    def change(**form):
        client.force_login(ada)
        client.post("/taste/change/", form)
        return NeverAgain.objects.filter(user=ada).first()

    pk = (await in_thread(Artist.objects.get)(name=maker)).pk
    row = await change(act="never", artist=pk)
    moved, never = await tab.until("playlist"), await tab.until("never")
    await change(act="lift", row=row.pk)
    lifted = await tab.until("never")

    assert maker not in [a for t in moved["playlist"]["tracks"] for a in t["artists"]]
    assert (never["name"], never["track"], never["tracks"]) == (maker, None, [])
    assert (lifted["name"], lifted["is_on"]) == (maker, False)


def titles(reply):
    listed = (reply.playlist or {"tracks": ()})["tracks"]
    return [track["title"] for track in (*reply.tracks, *listed)]


async def test_an_artist_who_is_ruled_out_leaves_and_stays_away(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("12 jazz songs")

    await client.say("never play Jazz One again")
    reply = await client.say("play Jazz One")

    assert "never to play Jazz One again" in reply.text
    listed = await in_thread(_listed_by)(ada, "Jazz One")
    assert listed == 0
    assert "may" in (await client.say("you can play Jazz One again")).text
    assert (await client.say("6 songs by Jazz One")).playlist["tracks"]


async def test_songs_that_are_ruled_out_are_told_apart_by_each_way_into_a_list(
    catalog, ada, open_client
):
    """Another list of theirs, a copy, and a way back: none counts what stays out."""
    await in_thread(make_track)("Wonderwall", artist="Oasis", genres=("jazz",))
    client, other = await open_client(ada), await open_client(ada)
    await other.say("4 jazz songs")
    await other.say("call it Evening")
    await client.say("3 jazz songs")
    version = (await client.say("add Wonderwall by Oasis")).playlist["version"]
    await client.say("remove number 1")
    await client.say("never play Wonderwall again")

    elsewhere = await client.say("add Wonderwall by Oasis to my list Evening")
    copied = await client.say(f"make a copy from version {version}")
    restored = await client.say(f"go back to version {version}")

    assert "never to play" in elsewhere.text
    assert "already" not in elsewhere.text
    for reply in (copied, restored):
        assert "3 songs" in reply.text
        assert "1 song left out: you ruled it out." in reply.text


async def test_a_song_refused_through_its_artist_is_told_by_the_artist(
    catalog, ada, open_client
):
    song = await in_thread(make_track)("Wonderwall", artist="Oasis", genres=("jazz",))
    guested = await in_thread(make_track)("Rain (feat. Oasis)", genres=("jazz",))
    client = await open_client(ada)
    playlist = (await client.say("5 jazz songs")).playlist
    assert (
        "Never again: Oasis"
        in (await client.say("never play anything by Oasis again")).text
    )
    told = "Say “you may play Oasis again” if it has changed."

    assert told in (await client.say("add Wonderwall by Oasis")).text
    assert told in (await client.say("add “Rain (feat. Oasis)”")).text
    assert told in (await client.say("you may play Wonderwall by Oasis again")).text
    for track in (song, guested):
        await client.send(
            **{"type": "playlist.edit", "id": 1, "playlist": playlist["id"]},
            ops=[{"op": "add", "tracks": [str(track.uuid)]}],
        )
        refused = await client.until("error", id=1)
        assert refused["detail"].startswith("You asked never to hear Oasis again.")


async def test_songs_with_a_guest_who_is_ruled_out_are_told_and_lifted_by_the_song(
    catalog, ada, open_client
):
    guested = await in_thread(make_track)("Rain (feat. Jazz One)", artist="Nina")
    client = await open_client(ada)
    await client.say("never play Jazz One again")
    (never,) = Reply(client.frames).of("never")
    assert (never["tracks"], never["guests"]) == ([], [str(guested.uuid)])
    hello = (await open_client(ada)).frames[0]["never"]
    assert hello == {"tracks": [], "artists": ["Jazz One"], "guests": never["guests"]}

    # "May come again", pressed beside the song.
    await client.send(type="never.set", id=1, track=str(guested.uuid), is_on=False)
    lifted = await client.until("never", name="Jazz One", is_on=False)

    assert lifted["guests"] == never["guests"]
    hello = (await open_client(ada)).frames[0]["never"]
    assert hello == {"tracks": [], "artists": [], "guests": []}


def _listed_by(user, name):
    lists = Playlist.objects.filter(owner=user).values_list(
        "current__track_ids", flat=True
    )
    ids = {track for tracks in lists for track in tracks}
    return Track.objects.filter(pk__in=ids, credits__artist__name=name).count()


def test_another_version_of_the_song_is_refused_too(db):
    ada, artist = make_user("ada"), make_artist("Ada Lane")
    song = make_track("Blue Hour", artist=artist, song_key="blue hour")
    live = make_track("Blue Hour - Live", artist=artist, song_key="blue hour")
    never_again_set(user=ada, track=song)
    playlist = playlist_create(owner=ada, title="Mine")

    version = playlist_edit(
        playlist, edits=[edits.Add((live.pk,))], author=AUTHOR, words=""
    )

    assert version.track_ids == []


def test_lifting_ends_what_holds_and_keeps_it_as_history(db):
    ada, song = make_user("ada"), make_track()
    never_again_set(user=ada, track=song)
    assert not never_again_set(user=ada, track=song).is_new

    never_again_lift(user=ada, track=song)
    never_again_set(user=ada, track=song)

    assert NeverAgain.objects.filter(user=ada).count() == 2
    assert NeverAgain.objects.filter(user=ada, lifted_at=None).count() == 1


@pytest.mark.parametrize("seed", range(4))
def test_by_no_way_does_a_song_come_back(seed, db):
    """Whatever is done in whichever order, no list of ada's holds what she refuses."""
    chance = Random(seed)  # noqa: S311 (a walk that can be repeated)
    world = _World(chance)
    for _ in range(60):
        name, step = chance.choice(world.steps)
        try:
            step()
        except EditRefused:
            pass
        listed = world.listed()
        assert not listed & world.refused(), name
    assert world.listed()


class _World:
    """A listener with lists, and all that can put songs into them."""

    def __init__(self, chance):
        self.chance = chance
        self.ada, self.bob = make_user("ada"), make_user("bob")
        self.artists = [make_artist(f"Artist {n}") for n in range(5)]
        self.tracks = [
            make_track(
                # Every fourth has a guest, whom its title alone names.
                f"Song {n}" + f" (feat. Artist {n // 4 % 5})" * (n % 4 == 0),
                song_key=f"song {n // 2}",
                artist=self.artists[n % 5],
            )
            for n in range(24)
        ]
        theirs = playlist_create(owner=self.bob, title="Bob's")
        everything = edits.Add(tuple(track.pk for track in self.tracks))
        self.theirs = playlist_edit(theirs, edits=[everything], author=AUTHOR, words="")
        conversation_start(owner=self.ada, text="songs")
        self.steps = [
            (name, step)
            for name in dir(self)
            if name.startswith("step_") and (step := getattr(self, name))
        ]

    def track(self):
        return self.chance.choice(self.tracks).pk

    def own(self):
        return self.chance.choice(list(Playlist.objects.filter(owner=self.ada)))

    def listed(self):
        lists = Playlist.objects.filter(owner=self.ada).values_list(
            "current__track_ids", flat=True
        )
        return {track for tracks in lists for track in tracks}

    def refused(self):
        """Say it another way than the site does: by each row, each song, each credit."""
        found = set()
        for row in NeverAgain.objects.filter(user=self.ada, lifted_at=None):
            for track in Track.objects.all():
                artists = set(track.credits.values_list("artist", flat=True))
                guest = track.title.partition(" (feat. ")[2].removesuffix(")")
                artists |= {one.pk for one in self.artists if one.name == guest}
                is_song = row.track and track.song_key == row.track.song_key
                if row.track_id == track.pk or is_song or row.artist_id in artists:
                    found.add(track.pk)
        return found

    def edit(self, *made):
        playlist_edit(self.own(), edits=made, author=AUTHOR, words="")

    def step_refuse_song(self):
        if self.chance.random() < 0.5:
            track = self.chance.choice(self.tracks)
            never_again_set(user=self.ada, track=track)

    def step_refuse_artist(self):
        if self.chance.random() < 0.3:
            artist = Artist.objects.get(pk=self.chance.choice(self.artists).pk)
            never_again_set(user=self.ada, artist=artist)

    def step_lift(self):
        track = Track.objects.get(pk=self.track())
        never_again_lift(user=self.ada, track=track)
        never_again_lift(user=self.ada, artist=self.chance.choice(self.artists))

    def step_add(self):
        again = self.chance.random() < 0.5
        self.edit(edits.Add((self.track(), self.track(), self.track()), again=again))

    def step_add_at_the_top(self):
        self.edit(edits.Add((self.track(),), 0))

    def step_set(self):
        some = tuple({self.track() for _ in range(6)})
        self.edit(edits.Clear(), edits.Add(some))

    def step_replace(self):
        playlist = self.own()
        if held := playlist.current.track_ids:
            edit = edits.Replace(self.chance.choice(held), self.track())
            playlist_edit(playlist, edits=[edit], author=AUTHOR, words="")

    def step_reorder(self):
        self.edit(edits.Reorder((self.track(), self.track())))

    def step_rename(self):
        self.edit(edits.Rename(f"List {self.chance.random()}"))

    def step_undo(self):
        playlist_undo(self.own())

    def step_redo(self):
        playlist_redo(self.own())

    def step_return(self):
        playlist = self.own()
        version = self.chance.choice(list(playlist.versions.all()))
        playlist_return(playlist, to=version)

    def step_restore(self):
        playlist = self.own()
        version = self.chance.choice(list(playlist.versions.all()))
        playlist_restore(playlist, number=version.number, author=AUTHOR)

    def step_copy_of_a_list_of_bobs(self):
        playlist_copy(self.theirs, owner=self.ada)

    def step_conversation_from_a_version(self):
        version = self.chance.choice(list(self.own().versions.all()))
        conversation_from_version(version, owner=self.ada, title="Copy")

    def step_import(self):
        track = self.chance.choice(self.tracks)
        artists = tuple(c.artist.name for c in track.credits.all())
        entry = Entry(title=track.title, artists=artists)
        import_make(self.ada, Listing(title="File", entries=(entry,)))

    def step_take_an_earlier_message_up(self):
        """Edit a message that was said when the list was another."""
        playlist = Playlist.objects.filter(conversation__owner=self.ada).first()
        conversation = playlist.conversation
        version = self.chance.choice(list(playlist.versions.all()))
        message = Message.objects.create(
            conversation=conversation,
            text="songs",
            status=Message.Status.DONE,
            version_before=version,
        )
        edited, _ = branching.message_edit(message, text="other songs")
        edited.status = Message.Status.DONE
        edited.save()
        branching.branch_take_up(message)
