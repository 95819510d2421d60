"""The account pages' addresses."""

from django.urls import path

from accounts import (
    data_views,
    own_views,
    reset_views,
    service_views,
    session_views,
    views,
)
from accounts.listenbrainz.views import connect_listenbrainz

app_name = "accounts"
urlpatterns = [
    path("", own_views.show_account, name="show-account"),
    path("name/", own_views.change_name, name="change-name"),
    path("email/", own_views.change_email, name="change-email"),
    path("email/send/", own_views.send_confirmation, name="send-confirmation"),
    path("email/confirm/", own_views.confirm_email, name="confirm-email"),
    path("planner/", own_views.choose_planner, name="choose-planner"),
    path("confirm/", own_views.confirm, name="confirm"),
    path("sessions/", session_views.list_sessions, name="list-sessions"),
    path("sessions/<int:pk>/end/", session_views.end_session, name="end-session"),
    path("sessions/end/", session_views.end_other_sessions, name="end-other-sessions"),
    path("data/", data_views.show_data, name="show-data"),
    path("data/ask/", data_views.ask_export, name="ask-export"),
    path("data/download/", data_views.download_export, name="download-export"),
    path("delete/", data_views.delete_account, name="delete-account"),
    path("password/forgotten/", reset_views.ask_reset, name="ask-reset"),
    path("password/new/", reset_views.set_password, name="set-password"),
    path("sign-up/", views.sign_up, name="sign-up"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.choose_language, name="choose-language"),
    path("welcomed/", views.note_welcome, name="note-welcome"),
    path("keys/", views.list_keys, name="list-keys"),
    path("keys/<int:pk>/revoke/", views.revoke_key, name="revoke-key"),
    path("services/", service_views.list_services, name="list-services"),
    path(
        "services/listenbrainz/connect/",
        connect_listenbrainz,
        name="connect-listenbrainz",
    ),
    path(
        "services/<slug:service>/disconnect/",
        service_views.disconnect_service,
        name="disconnect-service",
    ),
    path("password/", views.change_password, name="change-password"),
]
