from django.db import migrations

# Group, and its permissions by model.
GROUPS = {
    "curators": {
        "donatedrecord": ("view_donatedrecord", "change_donatedrecord"),
        "curationentry": ("view_curationentry",),
    },
    "releasers": {
        "release": (
            "view_release",
            "add_release",
            "publish_release",
            "download_release",
        ),
    },
}


def make_groups(apps, schema_editor):
    """Make the groups. Django itself makes permissions only after all migrations."""
    Group = apps.get_model("auth", "Group")
    for name, models in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *(
                permission(apps, model, codename)
                for model, codenames in models.items()
                for codename in codenames
            )
        )


def permission(apps, model, codename):
    """Return a permission, made where there is none yet."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind, _ = ContentType.objects.get_or_create(app_label="feedback", model=model)
    meta = apps.get_model("feedback", model)._meta
    usual = f"Can {codename.split('_')[0]} {meta.verbose_name}"
    made, _ = Permission.objects.get_or_create(
        content_type=kind,
        codename=codename,
        defaults={"name": dict(meta.permissions).get(codename, usual)},
    )
    return made


def drop_groups(apps, schema_editor):
    """Drop the groups."""
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("feedback", "0007_append_only_log"),
    ]

    operations = [migrations.RunPython(make_groups, drop_groups)]
