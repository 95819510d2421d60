"""The way to Spotify and back. social-auth looks these names up.

Its other addresses stay out: its way to disconnect would leave our rows behind.
"""

from django.urls import path

from accounts.spotify.views import begin, complete

app_name = "social"
urlpatterns = [
    path("login/<slug:backend>/", begin, name="begin"),
    path("complete/<slug:backend>/", complete, name="complete"),
]
