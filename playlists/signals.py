"""What the playlists tell the rooms above."""

from django.dispatch import Signal

# A page has changed a playlist. `playlist`; `before` and `after`: primary keys of its
# versions; `like`: the number of the one whose wishes hold again, the restored one or
# `before`; `words`: what for. Sent after the change is committed.
playlist_moved = Signal()

# A playlist that is being saved at a service has come further: `save`, a SavedPlaylist.
save_moved = Signal()

# How a playlist is refreshed has changed, or how the last refresh ended, without a new
# version: `playlist`. Sent after the change is committed.
refreshing_moved = Signal()
