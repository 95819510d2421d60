from django.db import migrations
from django.db.models import OuterRef, Subquery


def find_talks(apps, schema_editor):
    """Note of each reaction in which talk it was said, where a message tells."""
    reaction = apps.get_model("feedback", "Reaction")
    message = apps.get_model("chat", "Message")
    talk = message.objects.filter(uuid=OuterRef("turn")).values("conversation__uuid")
    said = reaction.objects.filter(turn__isnull=False, talk=None)
    said.update(talk=Subquery(talk[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0010_choices"),
        ("feedback", "0011_reaction_talk"),
    ]

    operations = [migrations.RunPython(find_talks, migrations.RunPython.noop)]
