import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import Count, Min
from django.db.models.functions import Lower

NAME_LENGTH = 150


def names_part(apps, schema_editor):
    """Let of names that differ only in their capitals the oldest account keep its own.

    The others get a number behind theirs, and are told of to whoever migrates.
    """
    users = apps.get_model("accounts", "User").objects.annotate(name=Lower("username"))
    groups = users.values("name").annotate(count=Count("pk"), first=Min("pk"))
    for group in groups.filter(count__gt=1).order_by("name"):
        later = users.filter(name=group["name"]).exclude(pk=group["first"])
        for user in later.order_by("pk"):
            former, number = user.username, 2
            while users.filter(name=Lower(models.Value(_numbered(former, number)))):
                number += 1
            user.username = _numbered(former, number)
            user.save(update_fields=["username"])
            print(f"  User {user.pk}, {former!r}, is {user.username!r} from now on.")  # noqa: T201


def _numbered(name, number):
    end = f"-{number}"
    return name[: NAME_LENGTH - len(end)] + end


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_listenbrainz")]

    operations = [
        migrations.RunPython(names_part, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="accounts_user_name_in_any_case",
                violation_error_message="Somebody has this name already. Try another.",
            ),
        ),
    ]
