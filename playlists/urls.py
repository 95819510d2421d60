"""The addresses of playlists."""

from django.urls import path

from playlists import views

app_name = "playlists"
urlpatterns = [
    path("playlists/", views.list_playlists, name="list-playlists"),
    path("p/<uuid:uuid>/playlist.m3u8", views.download_m3u8, name="download-m3u8"),
]
