"""The addresses of playlists."""

from django.urls import path

from playlists import saving_views, views

app_name = "playlists"
urlpatterns = [
    path("playlists/", views.list_playlists, name="list-playlists"),
    path("p/<uuid:uuid>/playlist.m3u8", views.download_m3u8, name="download-m3u8"),
    path("p/<uuid:uuid>/history/", views.show_history, name="show-history"),
    path(
        "p/<uuid:uuid>/history/<int:number>/restore/",
        views.restore_version,
        name="restore-version",
    ),
    path(
        "p/<uuid:uuid>/history/<int:number>/copy/",
        views.copy_version,
        name="copy-version",
    ),
    path("p/<uuid:uuid>/share/", views.share_playlist, name="share-playlist"),
    path("p/<uuid:uuid>/save/", saving_views.save_playlist, name="save-playlist"),
    path("p/<uuid:uuid>/save/choose/", saving_views.choose_offer, name="choose-offer"),
    path("s/<str:key>/", views.show_shared, name="show-shared"),
    path("s/<str:key>/copy/", views.copy_shared, name="copy-shared"),
]
