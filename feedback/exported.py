"""What of feedback goes into a listener's download."""

from django.utils.translation import gettext_lazy as _

from accounts.takeout.contents import Table
from feedback.models import Reaction

TABLES = (
    Table(
        Reaction,
        "user",
        _("What you liked and didn't, with the words that had brought it"),
        also=("track__title",),
    ),
)
