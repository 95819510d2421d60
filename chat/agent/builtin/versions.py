"""Acts on versions of the list: a copy of one, the way back to one, its description."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.events import Copied
from chat.agent.quoting import quoted
from chat.agent.understanding.reading import CopyList, DescribeAs, RestoreVersion
from playlists.edits import Describe


def copy_list(desk: Desk, act: CopyList) -> None:
    """Begin a list of its own from a version of this one, which stays as it is."""
    version = desk.tools.versions.numbered(act.number)
    if version is None:
        _tell_versions(desk, act.number)
        return
    if not version.track_ids:
        desk.say(
            f"Version {version.number} holds no song, so there is nothing to copy."
        )
        return
    given = desk.state.given_at.get(version.original, desk.state.given)
    copy = desk.tools.versions.copy(version, title=act.title, given=given)
    desk.copies.append(Copied(copy.uuid, copy.title))
    out = desk.tools.refused_among(version.track_ids)
    count = sum(track not in out for track in version.track_ids)
    desk.say(
        f"{quoted(copy.title)} is a list of its own now, with the "
        f"{phrases.songs(count)} of version {version.number}. It stands "
        f"among your conversations; this one stays as it is.{_left_out(out)}"
    )


def restore_version(desk: Desk, act: RestoreVersion) -> None:
    """Make a version like an earlier one, and take as given what was then."""
    version = desk.tools.versions.numbered(act.number)
    if version is None:
        _tell_versions(desk, act.number)
        return
    moved = desk.tools.restore(version)
    if moved is None:
        desk.say(f"The list is as it was in version {version.number} already.")
        return
    desk.moves.append(moved)
    desk.give(desk.state.given_at.get(version.original, desk.state.given))
    desk.state = replace(desk.state, shown=desk.tools.tracks())
    desk.say(
        f"The list is as it was in version {version.number}, with "
        f"{phrases.songs(len(desk.tools.tracks()))}."
        f"{_left_out(desk.tools.refused_among(version.track_ids))}"
    )


def describe(desk: Desk, act: DescribeAs) -> None:
    """Give the list a description, or take it away."""
    if not desk.edit([Describe(act.text)]):
        desk.say(
            "It is described so already." if act.text else "It has no description.",
        )
    elif act.text:
        desk.say("Noted as the description of the list.", "That describes it now.")
    else:
        desk.say("Its description is gone.")


def _left_out(refused: Collection[int]) -> str:
    if not refused:
        return ""
    them = "it" if len(refused) == 1 else "them"
    return f" {phrases.songs(len(refused))} left out: you ruled {them} out."


def _tell_versions(desk: Desk, number: int | None) -> None:
    newest = desk.tools.versions.newest()
    has = "only one version" if newest == 1 else f"versions 1 to {newest}"
    desk.say(f"There is no version {number} of this list; it has {has} so far.")
