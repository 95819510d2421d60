"""What of feedback goes into a listener's download."""

from django.utils.translation import gettext_lazy as _

from accounts.takeout.contents import Made, Table
from feedback.donation.records import records_exported
from feedback.models import (
    Consent,
    CurationEntry,
    DonationDue,
    NeverAgain,
    Reaction,
    ReactionSharing,
    Review,
    SharedReaction,
    TasteAside,
    TasteSetting,
    WithheldTurn,
)

DIGEST = _("says nothing without the text, which isn't yours")

TABLES = (
    Table(
        Reaction,
        "user",
        _("What you liked and didn't, with the words that had brought it"),
        also=("track__title",),
    ),
    Table(
        NeverAgain,
        "user",
        _("What you never want to hear again"),
        also=("track__title", "artist__name"),
    ),
    Table(
        TasteSetting,
        "user",
        _("How much your taste counts"),
    ),
    Table(
        TasteAside,
        "user",
        _("What counts no more in your taste"),
    ),
    Table(
        ReactionSharing,
        "account__user",
        _("Whether your likes go to a music service"),
    ),
    Table(
        SharedReaction,
        "account__user",
        _("Which went there"),
        also=("track__title",),
    ),
    Table(
        Consent,
        "user",
        _("Whether you agreed to give what you say of songs, and when"),
    ),
    Table(
        DonationDue,
        "user",
        _("What you gave that is still on its way"),
    ),
    Table(
        WithheldTurn,
        "user",
        _("Of which messages you deleted what was given"),
    ),
    Table(
        Review,
        "reviewer",
        _("What you found of what others gave, as a reviewer"),
    ),
    Table(
        CurationEntry,
        "actor",
        _("What you did as a reviewer"),
        {"before_digest": DIGEST, "after_digest": DIGEST},
    ),
)

MADE = (
    Made(
        "given",
        _("What you have given, without your name"),
        records_exported,
    ),
)
