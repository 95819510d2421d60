from django.db import migrations


def find_places(apps, schema_editor):
    """Note after which message each branch comes: the one before what replaced it.

    Newest first, since what replaced a branch may lie in a newer one.
    """
    Branch = apps.get_model("chat", "Branch")
    Message = apps.get_model("chat", "Message")
    for branch in Branch.objects.order_by("-pk").iterator():
        heir = Message.objects.filter(replaces=branch).first()
        first = Message.objects.filter(branch=branch).order_by("pk").first()
        if heir is None or first is None:
            continue
        row = Message.objects.filter(
            conversation_id=branch.conversation_id, branch_id=heir.branch_id
        )
        before = row.filter(pk__lt=first.pk).order_by("-pk").first()
        if before is not None:
            branch.after_id = before.pk
        elif heir.branch_id is not None:
            branch.after_id = Branch.objects.get(pk=heir.branch_id).after_id
        branch.save(update_fields=["after"])


def find_heirs(apps, schema_editor):
    """Note what took a branch's place: the next message made after the one before it."""
    Branch = apps.get_model("chat", "Branch")
    Message = apps.get_model("chat", "Message")
    for branch in Branch.objects.order_by("pk").iterator():
        last = Message.objects.filter(branch=branch).order_by("-pk").first()
        if last is None:
            continue
        heirs = Message.objects.filter(
            conversation_id=branch.conversation_id, pk__gt=last.pk, replaces=None
        )
        heir = heirs.exclude(branch=branch).order_by("pk").first()
        if heir is not None:
            heir.replaces_id = branch.pk
            heir.save(update_fields=["replaces"])


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0005_branch_after"),
    ]

    operations = [migrations.RunPython(find_places, find_heirs)]
