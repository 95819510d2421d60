"""The addresses of conversations."""

from django.urls import path

from chat import delete_page, map_page, refresh_page, talk_pages, views

app_name = "chat"
urlpatterns = [
    path("", views.show_home, name="show-home"),
    path("new/", views.show_new, name="show-new"),
    path("p/<uuid:playlist>/talk/", views.talk_about, name="talk-about"),
    path("conversations/", views.list_conversations, name="list-conversations"),
    path(
        "conversations/found.json", views.find_conversations, name="find-conversations"
    ),
    path("c/<uuid:uuid>/", views.show_conversation, name="show-conversation"),
    path("c/<uuid:uuid>/snapshot.json", views.show_snapshot, name="show-snapshot"),
    path(
        "c/<uuid:uuid>/earlier/",
        views.show_earlier,
        name="show-earlier-conversation",
    ),
    path(
        "c/<uuid:uuid>/earlier/<uuid:message>/",
        views.take_up_branch,
        name="take-up-branch",
    ),
    path(
        "c/<uuid:uuid>/rename/", views.rename_conversation, name="rename-conversation"
    ),
    path("c/<uuid:uuid>/pin/", views.pin_conversation, name="pin-conversation"),
    path(
        "c/<uuid:uuid>/delete/", views.delete_conversation, name="delete-conversation"
    ),
    path(
        "p/<uuid:uuid>/history/<int:number>/talk/",
        talk_pages.talk_about_version,
        name="talk-about-version",
    ),
    path(
        "p/<uuid:uuid>/refresh/",
        refresh_page.refresh_playlist,
        name="refresh-playlist",
    ),
    path("p/<uuid:uuid>/delete/", delete_page.delete_playlist, name="delete-playlist"),
    path("p/<uuid:uuid>/refresh/seen/", refresh_page.see_refresh, name="see-refresh"),
    path("map/", map_page.show_map, name="show-map"),
    path("map/refused.json", map_page.show_refused, name="show-map-refused"),
    path("protocol/", views.show_protocol, name="show-protocol"),
    path("protocol/asyncapi.yaml", views.download_protocol, name="download-protocol"),
]
