"""The addresses of playlists."""

from django.urls import path, register_converter

from playlists import file_views, import_views, library_views, saving_views, views

register_converter(file_views.SuffixConverter, "suffix")

app_name = "playlists"
urlpatterns = [
    path("playlists/", views.list_playlists, name="list-playlists"),
    path("playlists/import/", import_views.import_list, name="import-list"),
    path("playlists/import/<uuid:uuid>/", import_views.show_import, name="show-import"),
    path(
        "playlists/import/<uuid:uuid>/choose/",
        import_views.choose_import,
        name="choose-import",
    ),
    path(
        "playlists/import/<uuid:uuid>/again/",
        import_views.search_import_again,
        name="search-import-again",
    ),
    path(
        "playlists/import/<uuid:uuid>/repeats/",
        import_views.repeat_import,
        name="repeat-import",
    ),
    path(
        "playlists/import/<uuid:uuid>/delete/",
        import_views.delete_import,
        name="delete-import",
    ),
    path(
        "playlists/import/<uuid:uuid>/missing.<suffix:suffix>",
        import_views.download_missing,
        name="download-missing",
    ),
    path(
        "p/<uuid:uuid>/playlist.<suffix:suffix>",
        file_views.download_playlist,
        name="download-playlist",
    ),
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
    path("library/<slug:service>/", library_views.show_library, name="show-library"),
    path("s/<str:key>/", views.show_shared, name="show-shared"),
    path(
        "s/<str:key>/playlist.<suffix:suffix>",
        file_views.download_shared,
        name="download-shared",
    ),
    path("s/<str:key>/copy/", views.copy_shared, name="copy-shared"),
]
