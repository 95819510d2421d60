"""What the playlists tell the rooms above."""

from django.dispatch import Signal

# A page has given a playlist another version. `playlist`; `before` and `after`: primary
# keys of its versions; `words`: what for. Sent after the change is committed.
playlist_moved = Signal()
