"""What the catalog tells the rooms above it.

All are sent inside the transaction that makes the change, with `send`: a receiver that
fails takes the change back.
"""

from django.dispatch import Signal

# Tracks have become one. Sent with `keep` (the Track that stays) and `others` (those
# that go); their rows are still there, and go right after. Whoever holds ids or
# UUIDs of the others now holds those of `keep`.
tracks_merged = Signal()

# Artists have become one. Sent with `keep` and `others`, likewise.
artists_merged = Signal()

# A curator asks what tracks take along when they are deleted. Sent with `track_ids`;
# a receiver returns a phrase ("12 reactions of listeners"), or None.
deletion_asked = Signal()
