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
