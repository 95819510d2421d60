"""The addresses of the feedback."""

from django.urls import path

from feedback import release_views, taste_page, views
from feedback.donation import views as donation

app_name = "feedback"
urlpatterns = [
    path("taste/", taste_page.show_taste, name="show-taste"),
    path("taste/change/", taste_page.change_taste, name="change-taste"),
    path(
        "account/services/<slug:service>/reactions/",
        views.share_reactions,
        name="share-reactions",
    ),
    path("account/giving/", donation.show_giving, name="show-giving"),
    path("account/giving/choose/", donation.choose_giving, name="choose-giving"),
    path("account/giving/records/", donation.list_given, name="list-given"),
    path(
        "account/giving/records/<uuid:record_id>/delete/",
        donation.delete_given,
        name="delete-given",
    ),
    path("data/", release_views.list_releases, name="list-releases"),
    path("data/<int:number>/", release_views.show_release, name="show-release"),
    path(
        "data/<int:number>/<path:path>",
        release_views.download_release,
        name="download-release",
    ),
]
