"""Tools that tell and note: likes, why a song is here, what goes to a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import ServiceAccount
from chat.agent.builtin.talking import still_disliked, still_liked
from chat.agent.llm import arguments
from chat.agent.llm.checking import Refusal
from chat.agent.llm.showing import Json, plain, song_json
from chat.agent.understanding.reading import ReactTo, SmallTalk, TakeOut
from chat.agent.understanding.saving import services_named
from feedback.models import Reaction
from playlists.edits import Remove

if TYPE_CHECKING:
    from chat.agent.llm.toolbox import Toolbox

TASTE_SONGS = 20


def react(box: Toolbox, asked: arguments.React) -> Json:
    """Note an opinion, where the message may hold one."""
    is_displeased = SmallTalk("displeased") in box.reading.acts
    may_react = box.reads(ReactTo, TakeOut) or is_displeased
    if box.reading.acts and not may_react:
        raise Refusal("the listener didn't say that they like or dislike a song")
    tracks = [t for t in box.handles.tracks(asked.ids) if t in box.known.songs]
    if not tracks:
        raise Refusal("those songs are not in the catalog any more")
    said = [act for act in box.reading.acts if isinstance(act, ReactTo)]
    if asked.value == "like" and still_disliked(box.desk, tracks, said):
        raise Refusal(
            "the listener disliked that song, and takes it back only by its title "
            "or its number"
        )
    if asked.value == "dislike" and still_liked(box.desk, tracks, said):
        raise Refusal(
            "the listener liked that song, and takes it back only by its title or "
            "its number"
        )
    value = Reaction.Value.LIKE if asked.value == "like" else Reaction.Value.DISLIKE
    # Why it isn't liked is read from the message: no model need be asked.
    why = next((act.reason for act in said if act.value == asked.value), "")
    for track in tracks:
        box.desk.tools.react(track, value, why)
    box.effects.add("reacted")
    box.known.has_changed = True
    box.known.counts.add(len(tracks))
    if asked.value == "like":
        box.desk.speak_of(box.known.songs[tracks[0]])
    elif box.desk.edit([Remove(tuple(tracks))]):
        box.effects.add("took")
        box.know_list()
    return {"noted": len(tracks), "size": len(box.desk.tools.tracks())}


def save_playlist(box: Toolbox) -> Json:
    """Have the list saved at the services that the message itself names."""
    named = services_named(box.known.said)
    if not named:
        raise Refusal("the listener didn't ask for Spotify or ListenBrainz")
    return {service: _save_at(box, service) for service in named}


def _save_at(box: Toolbox, service: str) -> str:
    name = ServiceAccount.Service(service).label
    match box.desk.tools.save_playlist(service):
        case "asked":
            return "on its way; the page tells when it is there"
        case "empty":
            raise Refusal("there is no song in the list yet")
        case "off":
            raise Refusal(f"this site isn't connected with {name}; it has a download")
    raise Refusal(
        f"the listener must connect {name} first: the Save button leads there"
    )


def explain(box: Toolbox, handle: str) -> Json:
    """Return the stored reasons of a song."""
    track = box.handles.tracks([handle])[0]
    if track not in box.known.songs:
        raise Refusal("that song is not in the catalog any more")
    box.desk.speak_of(box.known.songs[track])
    why = [*box.desk.state.reasons.get(track, ())]
    if track in box.desk.tools.opinions().liked:
        why.append("the listener likes it")
    box.known.add_reasons(why)
    song = song_json(box.known.songs[track], box.handles)
    return {"song": song, "why": list(map(plain, why)) or ["put there by hand"]}


def my_taste(box: Toolbox) -> Json:
    """Return what the listener has liked and disliked, newest first."""
    opinions = box.desk.tools.opinions()
    return {
        "liked": box.songs_json(opinions.liked[:TASTE_SONGS], is_brief=True),
        "disliked": box.songs_json(opinions.disliked[:TASTE_SONGS], is_brief=True),
    }
