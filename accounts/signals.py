"""What accounts tell the rest of the site."""

from django.dispatch import Signal

# Some way in of a listener has just ended: a session by signing out, all of them by
# another password, a key, or the account itself. Sent with `user`, after the database
# holds the change, so whoever checks again finds the way closed.
access_ended = Signal()

# A listener has connected a service, or connected it again: `account`, the
# ServiceAccount, whose scopes say what they have agreed to there.
service_connected = Signal()
