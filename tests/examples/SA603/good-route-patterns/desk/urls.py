from django.urls import path, re_path

from desk import views

urlpatterns = [
    re_path(r"^picture/(?P<name>[a-z0-9]+)$", views.picture),
    path("large/<slug:name>", views.large),
]
