from django.db import migrations


def name_descriptors(apps, schema_editor):
    """The descriptors were the only audio encoder so far."""
    spaces = apps.get_model("catalog", "Space").objects.using(
        schema_editor.connection.alias
    )
    spaces.filter(kind="audio", model_id="descriptors").update(encoder="descriptors")


def forget(apps, schema_editor):
    """The field goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_space_encoder")]

    operations = [migrations.RunPython(name_descriptors, forget)]
