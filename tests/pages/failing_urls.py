"""The site's addresses, and some that fail in every way."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path

from personalais.urls import urlpatterns as ours


def fail(error):
    """Return a view that raises."""

    def view(request):
        raise error

    return view


urlpatterns = [
    path("fails/400", fail(SuspiciousOperation())),
    path("fails/403", fail(PermissionDenied())),
    path("fails/500", fail(RuntimeError())),
    *ours,
]
