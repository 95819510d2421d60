"""The addresses of tracks."""

from django.urls import path

from catalog import views
from catalog.maps import views as maps

app_name = "catalog"
urlpatterns = [
    path("tracks/<uuid:uuid>/audio", views.play_track, name="play-track"),
    path("tracks/<uuid:uuid>/cover", views.show_cover, name="show-cover"),
    path("tracks/<uuid:uuid>.json", views.show_track, name="show-track"),
    path("music/progress.json", views.show_progress, name="show-progress"),
    path("map/points.bin", maps.show_points, name="show-map-points"),
    path("map/songs.json", maps.show_songs, name="show-map-songs"),
    path("map/find.json", maps.find_songs, name="find-map-songs"),
    path("map/progress.json", maps.show_map_progress, name="show-map-progress"),
]
