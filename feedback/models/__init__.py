"""What listeners say of tracks, what that comes to, is sent elsewhere, and is given.

And what reviewers make of what is given.
"""

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
from feedback.models.taste import NeverAgain, TasteAside, TasteSetting

__all__ = [
    "Consent",
    "CurationEntry",
    "DonatedRecord",
    "DonatedTrack",
    "DonationDue",
    "NeverAgain",
    "Reaction",
    "ReactionSharing",
    "RecordEdit",
    "Release",
    "ReleasedRecord",
    "Review",
    "SharedReaction",
    "TasteAside",
    "TasteSetting",
    "WithheldTurn",
]
