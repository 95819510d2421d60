"""Curators: one who may do everything, one who may look, one of the staff."""

import pytest
from django.contrib.auth.models import Permission

from accounts.models import User


def staff(client, *permissions):
    """Sign in one of the staff who has these permissions of the catalog."""
    user = User.objects.create_user("mod", password="long enough 1", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="catalog", codename__in=permissions
        )
    )
    client.force_login(user)
    return client


@pytest.fixture
def admin_client(client):
    client.force_login(User.objects.create_superuser("root", password="long enough 1"))
    return client


def form_data(page):
    """Return what a browser would send back from a change page, unchanged."""
    admin_form = page.context["adminform"].form
    forms = [admin_form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            name = form.add_prefix(bound.name)
            if isinstance(value, list):
                data[name] = [getattr(held, "pk", held) for held in value]
            elif value is not None:
                data[name] = value
    return data
