"""The addresses of tracks."""

from django.urls import path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("tracks/<uuid:uuid>/audio", views.play_track, name="play-track"),
    path("tracks/<uuid:uuid>/cover", views.show_cover, name="show-cover"),
    path("tracks/<uuid:uuid>.json", views.show_track, name="show-track"),
    path("music/progress.json", views.show_progress, name="show-progress"),
]
