"""Having the list refreshed by itself, in words, and refreshing it at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.renewing import renewed
from chat.agent.understanding.reading import Refresh
from playlists.edits import Add, Clear
from playlists.living import MAX_REST_WEEKS, NEW_PERCENT, REST_WEEKS, Every
from playlists.models import LivingPlaylist

_EVERY = {Every.DAY: "every day", Every.WEEK: "every week", Every.MONTH: "every month"}
NOTHING_YET = (
    "There is nothing in the list yet that could be refreshed. What shall it be?"
)
NOT_REFRESHED = (
    "This list isn't refreshed by itself. “Refresh it every week” would do that."
)


def refresh(desk: Desk, act: Refresh) -> None:
    """Do what was said about refreshing the list."""
    match act.what:
        case "keep":
            _keep(desk, act)
        case "now":
            _refresh_now(desk)
        case "stop":
            was = desk.tools.living.stop()
            desk.say(
                "The list stays as it is from now on." if was else NOT_REFRESHED,
            )
        case "pause":
            living = desk.tools.living.pause(is_paused=True)
            desk.say(
                "Refreshing rests until you say “resume the refreshing”."
                if living
                else NOT_REFRESHED
            )
        case "resume":
            living = desk.tools.living.pause(is_paused=False)
            desk.say(
                f"Refreshing goes on; the next time is {day_of(living.due_at)}."
                if living
                else NOT_REFRESHED
            )


def _keep(desk: Desk, act: Refresh) -> None:
    tracks = desk.tools.tracks()
    if not tracks:
        desk.say(NOTHING_YET)
        return
    held = desk.tools.living.held()
    percent = act.percent
    if act.count is not None:
        percent = min(100, max(1, round(100 * act.count / len(tracks))))
    if percent is None:
        percent = held.new_percent if held else NEW_PERCENT
    weeks = act.weeks
    if weeks is None:
        weeks = held.rest_weeks if held else REST_WEEKS
    every = act.every or (held.every if held else Every.WEEK)
    living = desk.tools.living.keep(
        desk.state.given,
        every=Every(every),
        weekday=act.weekday,
        new_percent=percent,
        rest_weeks=min(weeks, MAX_REST_WEEKS),
    )
    desk.say(_told(living, len(tracks)))
    desk.offers.append("stop refreshing")


def _told(living: LivingPlaylist, size: int) -> str:
    """Say how a list is refreshed from now on."""
    count = max(1, round(size * living.new_percent / 100))
    what = (
        "all of its songs give"
        if count >= size
        else f"{count} of its {size} songs give"
    )
    what = what.replace("songs give", "songs gives") if count == 1 < size else what
    rest = (
        f"and none comes back within {living.rest_weeks} weeks"
        if living.rest_weeks > 1
        else "and none comes back within a week"
        if living.rest_weeks
        else "and older ones may come back"
    )
    return (
        f"I refresh it {_EVERY[Every(living.every)]} from now on: {what} way to others that "
        f"fit, {rest}. The next time is {day_of(living.due_at)}; what you like or put in "
        "yourself goes last, and each time can be undone."
    )


def day_of(moment: datetime) -> str:
    """Say a day: "Monday, 7 December"."""
    local = timezone.localtime(moment)
    return f"{local:%A}, {local.day} {local:%B}"


def _refresh_now(desk: Desk) -> None:
    held = desk.tools.living.held()
    before = desk.tools.tracks()
    if not before:
        desk.say(NOTHING_YET)
        return
    renewal = renewed(
        desk,
        new_percent=held.new_percent if held else NEW_PERCENT,
        rest_weeks=held.rest_weeks if held else REST_WEEKS,
    )
    if renewal is None:
        desk.say(
            "I found no other songs that fit, so the list stays as it is.",
        )
        return
    desk.edit([Clear(), Add(renewal.tracks, again=True)], uses=renewal.tracks)
    desk.point_at(renewal.found)
    desk.show(renewal.result, renewal.found)
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    desk.found_count += len(renewal.found)
    gone = (Counter(before) - Counter(renewal.tracks)).total()
    desk.say(
        f"Refreshed: {phrases.songs(len(renewal.found))} came in and {gone} left.",
    )
