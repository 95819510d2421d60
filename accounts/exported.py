"""What of accounts, and of packages beside them, goes into a listener's download."""

from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _
from social_django.models import UserSocialAuth

from accounts.models import ApiToken, ServiceAccount, User, UserSession
from accounts.takeout.contents import Table

OPENS = _("opens something, and is not written anywhere")

TABLES = (
    Table(User, "pk", _("Your account"), {"password": OPENS}),
    Table(
        User.groups.through,
        "user",
        _("Groups that whoever runs the site has put you into"),
        also=("group__name",),
    ),
    Table(
        User.user_permissions.through,
        "user",
        _("What whoever runs the site lets you do"),
        also=("permission__codename",),
    ),
    Table(
        UserSession,
        "user",
        _("Browsers in which you are signed in"),
        {"session": OPENS},
    ),
    Table(ApiToken, "user", _("Keys for your programs"), {"key_hash": OPENS}),
    Table(
        ServiceAccount,
        "user",
        _("Your accounts at music services"),
        {"access_sealed": OPENS, "refresh_sealed": OPENS},
    ),
    Table(
        UserSocialAuth,
        "user",
        _("Accounts elsewhere that you sign in with"),
        {"extra_data": OPENS},
    ),
    Table(LogEntry, "user", _("What you changed in the admin")),
)

# Tables that lead to a listener and are no part of it, each with the reason.
LEFT_OUT = {"accounts.DataExport": "it tells of the download itself"}
