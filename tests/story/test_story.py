"""From a mood to a playlist that plays elsewhere, and no one sees another's."""

import urllib.error
import urllib.request
from statistics import median

import pytest

# Of the twelve that a mood brings.
MOSTLY = 10

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


def test_from_a_mood_to_a_playlist_that_no_one_else_sees(meet):
    # One test, as each makes the demo library anew.
    from_a_mood_to_a_playlist(meet)
    two_listeners_never_see_each_others_data(meet)


def from_a_mood_to_a_playlist(meet):
    ada = meet("ada")

    # A mood is answered by songs on its side of the catalog's middle.
    middle = medians(meet("eve"))
    reply = ada.say("I'm a bit down, something slow and warm")
    assert len(ada.listed) == 12
    assert len(set(ada.listed)) == 12
    assert [track["id"] for track in reply.shown] == ada.listed
    assert len(reply.of("message.delta")) > 1
    for name in ("energy", "valence"):
        # A wish that is told of leans the list; single songs may lie beyond it.
        below = [value for value in ada.all_facts(name) if value < middle[name]]
        assert len(below) >= MOSTLY, (name, ada.all_facts(name), middle[name])
    sad = ada.listed

    # A song plays: any part of it can be fetched.
    song = ada.playlist["tracks"][0]
    audio = ada.get(song["audio_url"])
    assert audio[:4] == b"OggS"
    assert song["duration_ms"] >= 20_000

    # Two are liked, one isn't.
    ada.react(sad[0], "like")
    ada.react(sad[1], "like")
    ada.react(sad[2], "dislike")

    # More like the first, but more upbeat.
    energy, tempo = ada.all_facts("energy"), ada.all_facts("tempo_bpm")
    ada.say("more like the first one, but more upbeat")
    raised = median(ada.all_facts("energy")) > median(energy)
    assert raised or median(ada.all_facts("tempo_bpm")) > median(tempo)
    assert ada.listed[0] == sad[0]
    assert sad[2] not in ada.listed
    upbeat = ada.listed

    # Some jazz comes in, and nothing goes.
    ada.say("add some jazz")
    assert ada.listed[: len(upbeat)] == upbeat
    added = ada.listed[len(upbeat) :]
    assert added
    jazzy = {"jazz", "bebop", "swing", "cool jazz", "bossa nova", "vocal jazz"}
    for track in added:
        assert jazzy & {g.lower() for g in ada.facts(track)["tags"]["genre"]}
    with_jazz = ada.listed

    # One artist goes, and comes back where they were.
    artist = ada.playlist["tracks"][1]["artists"][0]
    ada.say(f"remove everything by {artist}")
    assert all(artist not in track["artists"] for track in ada.playlist["tracks"])
    assert len(ada.listed) < len(with_jazz)
    ada.say("undo")
    assert ada.listed == with_jazz

    # It leaves as a file that plays without a session.
    text = ada.get(f"/p/{ada.playlist['id']}/playlist.m3u8").decode()
    lines = text.splitlines()
    assert lines[0] == "#EXTM3U"
    urls = [line for line in lines if line and not line.startswith("#")]
    assert len(urls) == len(with_jazz)
    with urllib.request.urlopen(urls[0], timeout=30) as answer:
        assert answer.read(4) == b"OggS"

    # Someone who comes back misses nothing.
    told = [f for f in ada.frames if f.get("conversation") == ada.conversation]
    ada.close()
    ada.open_socket()
    start = len(ada.frames)
    ada.send(type="conversation.resume", conversation=ada.conversation, after=0)
    ada.until("conversation.resumed")
    again = [f for f in ada.frames[start:] if "seq" in f]
    assert [f["seq"] for f in again] == list(range(1, len(again) + 1))
    assert [f["type"] for f in again] == [f["type"] for f in told]


def medians(listener):
    """The catalog's middle, as seen by someone who asks for as much as there is."""
    listener.say("100 songs")
    return {name: median(listener.all_facts(name)) for name in ("energy", "valence")}


def two_listeners_never_see_each_others_data(meet):
    ada, bob = meet("ada"), meet("bob")

    ada.say("sad piano")
    bob.say("happy dance music")

    assert ada.conversation != bob.conversation
    assert not [f for f in bob.frames if f.get("conversation") == ada.conversation]
    assert not [f for f in ada.frames if f.get("conversation") == bob.conversation]
    bob.send(type="conversation.resume", conversation=ada.conversation, after=0)
    assert bob.until("error")["code"] == "not_found"
    bob.send(type="playlist.undo", playlist=ada.playlist["id"])
    assert bob.until("error")["code"] == "not_found"
    message = ada.frames[-1]["message"]
    bob.send(type="message.stop", message=message)
    assert bob.until("error")["code"] == "not_found"
    bob.send(type="message.send", conversation=ada.conversation, text="hello")
    assert bob.until("error")["code"] == "not_found"
    for path in (f"/c/{ada.conversation}/", f"/p/{ada.playlist['id']}/playlist.m3u8"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            bob.get(path)
        assert refused.value.code == 404
        refused.value.close()
