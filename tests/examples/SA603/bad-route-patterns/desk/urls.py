from django.urls import path, re_path

from desk import views

urlpatterns = [
    re_path(r"^picture/(?P<name>.+)$", views.picture),
    path("large/<str:name>", views.large),
]
