"""What listeners say of tracks, what of it they send elsewhere, and what they give."""

from feedback.models.donation import (
    Consent,
    DonatedRecord,
    DonatedTrack,
    DonationDue,
    WithheldTurn,
)
from feedback.models.reactions import Reaction
from feedback.models.releases import Release, ReleasedRecord
from feedback.models.sharing import ReactionSharing, SharedReaction

__all__ = [
    "Consent",
    "DonatedRecord",
    "DonatedTrack",
    "DonationDue",
    "Reaction",
    "ReactionSharing",
    "Release",
    "ReleasedRecord",
    "SharedReaction",
    "WithheldTurn",
]
