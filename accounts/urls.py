"""The account pages' addresses."""

from django.urls import path

from accounts import service_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-up/", views.sign_up, name="sign-up"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.choose_language, name="choose-language"),
    path("welcomed/", views.note_welcome, name="note-welcome"),
    path("keys/", views.list_keys, name="list-keys"),
    path("keys/<int:pk>/revoke/", views.revoke_key, name="revoke-key"),
    path("services/", service_views.list_services, name="list-services"),
    path(
        "services/<slug:service>/disconnect/",
        service_views.disconnect_service,
        name="disconnect-service",
    ),
    path("password/", views.change_password, name="change-password"),
]
