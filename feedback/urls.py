"""The addresses of the feedback."""

from django.urls import path

from feedback import views

app_name = "feedback"
urlpatterns = [
    path(
        "account/services/<slug:service>/reactions/",
        views.share_reactions,
        name="share-reactions",
    ),
]
