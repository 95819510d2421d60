"""Delete an account and all that hangs on it, at once.

Rows go by cascade, and what hangs on rows by accounts.endings. Nothing is called
elsewhere: what was saved at a music service is the listener's own there, and stays.
"""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import User
from accounts.takeout.contents import Table, tables

# Whoever writes a reply at this moment may hold rows in another order: one of both gives
# way then, and tries again.
TRIES = 4


def user_delete(user: User) -> None:
    """Delete a listener with everything; open pages of theirs close their sockets.

    Takes seconds with very many messages. Raises OperationalError or IntegrityError
    where others write without pause.
    """
    for left in reversed(range(TRIES)):
        try:
            _delete(user.pk)
            return
        except (IntegrityError, OperationalError):
            if not left:
                raise


@transaction.atomic
def _delete(pk: int) -> None:
    user = User.objects.select_for_update().get(pk=pk)
    for table in tables():
        _hold(table, user)
    for table in tables():
        _forget_in_log(table, user)
    user.delete()


def _hold(table: Table, user: User) -> None:
    """Lock rows that others hang on, so that nobody hangs more on them meanwhile."""
    if table.model._meta.related_objects:
        list(table.of(user).select_for_update(of=("self",)).only("pk"))


def _forget_in_log(table: Table, user: User) -> None:
    """Delete what the admin's log says of a listener's rows: it may name them."""
    keys = table.of(user).order_by().annotate(logged_as=Cast("pk", TextField()))
    kind = ContentType.objects.get_for_model(table.model)
    about = LogEntry.objects.filter(content_type=kind)
    about.filter(object_id__in=keys.values("logged_as")).delete()
