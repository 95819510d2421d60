"""Every room's pages under one roof."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import sign_in_to_admin
from personalais import health
from personalais.installable import show_manifest, show_offline, show_offline_worker
from personalais.languages import show_words

admin.site.site_header = admin.site.site_title = "PersonalAIs"
admin.site.index_title = "Curation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("chat.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("accounts.spotify.urls")),
    path("", include("catalog.urls")),
    path("", include("playlists.urls")),
    path("", include("feedback.urls")),
    path("manifest.webmanifest", show_manifest, name="show-manifest"),
    path("offline-worker.js", show_offline_worker, name="show-offline-worker"),
    path("offline/<slug:language>/", show_offline, name="show-offline"),
    path("words/<slug:language>.js", show_words, name="show-words"),
    path("health/live", health.show_live),
    path("health/ready", health.show_ready),
    path("admin/login/", sign_in_to_admin, name="sign-in-to-admin"),
    path("admin/", admin.site.urls),
]
