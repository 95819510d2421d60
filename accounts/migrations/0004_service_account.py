import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_is_welcomed")]

    operations = [
        migrations.CreateModel(
            name="ServiceAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "service",
                    models.CharField(choices=[("spotify", "Spotify")], max_length=16),
                ),
                (
                    "account",
                    models.CharField(
                        help_text="the service's id of it", max_length=255
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("access_sealed", models.TextField(editable=False)),
                ("refresh_sealed", models.TextField(editable=False)),
                (
                    "expires_at",
                    models.DateTimeField(help_text="when the access token ends"),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                    ),
                ),
                ("agreed_at", models.DateTimeField()),
                (
                    "lost_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="since when it must be connected again",
                        null=True,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("user", "service"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "service"), name="accounts_service_account_one"
                    ),
                    models.UniqueConstraint(
                        fields=("service", "account"),
                        name="accounts_service_account_owner",
                    ),
                ],
            },
        )
    ]
