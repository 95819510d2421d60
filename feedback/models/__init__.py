"""What listeners say of tracks, what of it they send elsewhere, what they give; and what
reviewers make of that."""

from feedback.models.curation import CurationEntry, RecordEdit, Review
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
    "CurationEntry",
    "DonatedRecord",
    "DonatedTrack",
    "DonationDue",
    "Reaction",
    "ReactionSharing",
    "RecordEdit",
    "Release",
    "ReleasedRecord",
    "Review",
    "SharedReaction",
    "WithheldTurn",
]
