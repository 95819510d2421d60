"""Who may do what: curators, those who release, superusers, and nobody else."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import User
from feedback.curation.deeds import record_edit, version_of
from feedback.models import CurationEntry, Reaction
from tests.factories import make_record, make_track, make_user
from tests.feedback.curation.conftest import GROUPS, make_member, status

pytestmark = pytest.mark.django_db

LIST = "/admin/feedback/donatedrecord/"
LOG = "/admin/feedback/curationentry/"
REACTIONS = "/admin/feedback/reaction/"
# What a signed-in person may meet: the status of each address, read and written to.
SEEN = (200, 302)


@pytest.fixture
def record(dan):
    record = make_record("for Otto")
    record_edit(record.pk, actor=dan, text="for [name]", seen=version_of(record))
    record.refresh_from_db()
    return record


def reads(record):
    entry = CurationEntry.objects.get()
    return [
        LIST,
        f"{LIST}desk/",
        f"{LIST}figures/",
        f"{LIST}agreement/",
        f"{LIST}{record.pk}/change/",
        f"{LIST}{record.pk}/history/",
        LOG,
        f"{LOG}{entry.pk}/change/",
    ]


def writes(record):
    page, seen = f"{LIST}{record.pk}/change/", {"seen": version_of(record)}
    chosen = {"_selected_action": [record.pk], f"seen-{record.pk}": seen["seen"]}
    return [
        (page, seen | {"deed": "approve"}),
        (page, seen | {"reason": "spam"}),
        (page, seen | {"deed": "edit", "text": "other words"}),
        (page, seen | {"deed": "reopen"}),
        (f"{LIST}undo/", {}),
        (LIST, chosen | {"action": "approve"}),
        (LIST, chosen | {"action": "reject", "reason": "spam"}),
    ]


# Where nobody gets at all.
CLOSED = (
    f"{LIST}add/",
    f"{LOG}add/",
    "{list}{pk}/delete/",
    "{log}{entry}/delete/",
)


def closed(record):
    entry = CurationEntry.objects.get()
    held = {"list": LIST, "log": LOG, "pk": record.pk, "entry": entry.pk}
    return [address.format(**held) for address in CLOSED]


def assert_untouched(record):
    assert status(record) == "waiting"
    assert type(record).objects.get(pk=record.pk).text == "for [name]"
    assert CurationEntry.objects.count() == 1


def granted(name, *codenames):
    user = make_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def test_strangers_and_listeners_get_nowhere(client, record):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(make_user("ada"))
        for address in [*reads(record), *closed(record)]:
            response = client.get(address)
            assert response.status_code == 302, address
            assert response.url.startswith("/admin/login/"), address
        for address, data in writes(record):
            response = client.post(address, data)
            assert response.status_code == 302, address
            assert response.url.startswith("/admin/login/"), address
    assert client.get("/admin/login/").status_code == 403
    assert_untouched(record)


@pytest.mark.parametrize("who", ["staff", "releaser", "others"])
def test_staff_of_other_things_get_nowhere(client, record, who):
    match who:
        case "staff":
            user = make_user("mod", is_staff=True)
        case "releaser":
            user = make_member("rolf", "releasers")
        case _:
            near = ("change_reaction", "change_donatedtrack", "view_review")
            user = granted("mod", *near, "change_track", "change_user", "read_edits")
    client.force_login(user)

    for address in [*reads(record), *closed(record)]:
        assert client.get(address).status_code == 403, address
    for address, data in writes(record):
        assert client.post(address, data).status_code == 403, address
    assert_untouched(record)


def test_who_may_only_look_looks(client, record):
    client.force_login(granted("mod", "view_donatedrecord", "view_curationentry"))

    for address in reads(record):
        assert client.get(address).status_code in SEEN, address
    page = client.get(f"{LIST}{record.pk}/change/").content.decode()
    assert 'name="deed"' not in page
    assert 'name="reason"' not in page
    for address, data in writes(record):
        # The list has no such action for them, and shows itself again.
        expected = 200 if address == LIST else 403
        assert client.post(address, data).status_code == expected, address
    assert_untouched(record)


def test_a_curator_sees_records_and_nothing_of_listeners(client, record, cara):
    client.force_login(cara)

    for address in reads(record):
        assert client.get(address).status_code in SEEN, address
    for address in closed(record):
        assert client.get(address).status_code == 403, address
    for room in ("accounts/user", "feedback/reaction", "chat/message", "auth/group"):
        assert client.get(f"/admin/{room}/").status_code == 403, room
    index = client.get("/admin/").content.decode()
    assert "/admin/feedback/donatedrecord/" in index
    assert "/admin/accounts/user/" not in index


def test_a_superuser_may_do_all_but_add_or_delete(client, record):
    root = User.objects.create_superuser("root")
    client.force_login(root)

    for address in reads(record):
        assert client.get(address).status_code in SEEN, address
    for address in closed(record):
        assert client.get(address).status_code == 403, address
    edit = next(data for _, data in writes(record) if data.get("deed") == "edit")
    client.post(f"{LIST}{record.pk}/change/", edit)
    assert CurationEntry.objects.filter(actor=root, kind="edited").exists()


def test_lists_answer_their_filters_and_no_other_question(client, dan):
    record = make_record("for [name]", pseudonym="abc")
    listener = make_user("ada")
    Reaction.objects.create(
        user=listener, track=make_track(), value="like", words="for Otto"
    )
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    allowed = [
        (LIST, {"look": "second", "doubt": "none", "language": "en"}),
        (LOG, {"kind__exact": "edited", "reason__exact": "spam"}),
        (REACTIONS, {"value__exact": "like"}),
    ]
    probing = [
        (LIST, {"pseudonym__startswith": "a"}),
        (LIST, {"look": "second", "status__exact": "rejected"}),
        (LIST, {"turn_key": record.turn_key}),
        (LOG, {"actor__exact": dan.pk}),
        (LOG, {"record__startswith": "a"}),
        (REACTIONS, {"words__icontains": "Otto"}),
        (REACTIONS, {"turn__isnull": "0"}),
    ]

    for address, asked in allowed:
        assert client.get(address, asked).status_code == 200, asked
    for address, asked in probing:
        assert client.get(address, asked).status_code == 400, asked
    reaction = Reaction.objects.get()
    assert client.post(f"{REACTIONS}{reaction.pk}/delete/").status_code == 403
    chosen = {"_selected_action": [reaction.pk], "action": "delete_selected"}
    client.post(REACTIONS, chosen | {"post": "yes"})
    assert Reaction.objects.get() == reaction
    # Their listener can go, and they with them.
    client.post(f"/admin/accounts/user/{listener.pk}/delete/", {"post": "yes"})
    assert not Reaction.objects.exists()


def test_the_groups_have_just_what_they_need(cara):
    held = {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }

    assert held == {
        "curators": {"view_donatedrecord", "change_donatedrecord"}
        | {"view_curationentry"},
        "releasers": {"view_release", "add_release"}
        | {"publish_release", "download_release"},
    }


def test_who_releases_sees_releases(client, record):
    client.force_login(make_member("rolf", "releasers"))

    assert client.get("/admin/feedback/release/").status_code == 200
    assert client.get("/admin/feedback/release/add/").status_code == 200


def test_a_curator_sees_no_releases(client, record, cara):
    client.force_login(cara)

    for address in ("/admin/feedback/release/", "/admin/feedback/release/add/"):
        assert client.get(address).status_code == 403, address


def test_the_groups_are_made_before_django_has_made_permissions():
    from django.apps import apps

    Group.objects.all().delete()
    made = Permission.objects.filter(content_type__app_label="feedback")
    names = dict(made.values_list("codename", "name"))
    made.delete()

    for _ in range(2):
        GROUPS.make_groups(apps, None)

    held = Permission.objects.filter(group__name__in=("curators", "releasers"))
    assert held.count() == 7
    for permission in held:
        assert permission.name == names[permission.codename]
    GROUPS.drop_groups(apps, None)
    assert not Group.objects.exists()
