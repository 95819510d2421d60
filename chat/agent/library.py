"""What a listener has let the site read at a music service, as far as a planner may know.

It may know what is agreed to, and may have tracks of the catalog to search near to. No
name, title or id of the service's comes through here.
"""

from __future__ import annotations

from typing import Literal

from accounts import spotify
from accounts.models import ServiceAccount, User
from playlists.library.queueing import PENDING
from playlists.library.seeds import library_parts

# off: the site has no app there. unconnected: the listener hasn't connected it. unasked:
# they haven't agreed to have it read. coming: it is being brought in. "": it is in.
Standing = Literal["off", "unconnected", "unasked", "coming", ""]


def library_standing(user: User, service: str, kind: str) -> Standing:
    """Say how far a kind of a listener's library is in; "" is any of them. Two queries."""
    parts = library_parts(user, service)
    wanted = [parts[kind]] if kind in parts else [] if kind else list(parts.values())
    if wanted:
        return "coming" if all(part.status in PENDING for part in wanted) else ""
    if user.service_accounts.filter(service=service).exists():
        return "unasked"
    is_off = service == ServiceAccount.Service.SPOTIFY and not spotify.is_on()
    return "off" if is_off else "unconnected"
