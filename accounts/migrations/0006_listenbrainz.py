from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_own_account")]

    operations = [
        migrations.AlterField(
            "serviceaccount",
            "service",
            models.CharField(
                choices=[("spotify", "Spotify"), ("listenbrainz", "ListenBrainz")],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            "serviceaccount",
            "refresh_sealed",
            models.TextField(blank=True, editable=False),
        ),
        migrations.AlterField(
            "serviceaccount",
            "expires_at",
            models.DateTimeField(
                blank=True,
                help_text="when the access token ends; empty: it doesn't",
                null=True,
            ),
        ),
    ]
