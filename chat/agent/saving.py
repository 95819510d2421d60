"""The tool that has a playlist saved at a service. A listener asks for it, or nothing is."""

from __future__ import annotations

from typing import Literal

from accounts.elsewhere import is_on
from accounts.models import ServiceAccount, User
from playlists.models import Playlist
from playlists.saving.asking import save_ask
from playlists.services import get_playlist_for

# asked: it is on its way. off: this site doesn't offer it. unconnected, lost: the listener
# must connect it, or again. empty: there is nothing to save.
Outcome = Literal["asked", "off", "unconnected", "lost", "empty"]


def playlist_save(user: User, playlist: Playlist, service: str) -> Outcome:
    """Have a listener's playlist saved as it is now, as publicly as it was."""
    if not is_on(ServiceAccount.Service(service)):
        return "off"
    account = user.service_accounts.filter(service=service).first()
    if account is None:
        return "unconnected"
    if account.lost_at is not None:
        return "lost"
    held = get_playlist_for(user, playlist.uuid)
    if held.current is None or not held.current.track_ids:
        return "empty"
    save_ask(held, account)
    return "asked"
