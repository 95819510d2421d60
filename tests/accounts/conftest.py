"""What the tests of accounts share."""

import pytest
from django.test import Client


@pytest.fixture
def make_client():
    """Make further browsers."""
    return Client
