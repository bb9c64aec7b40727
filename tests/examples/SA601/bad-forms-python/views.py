"""What forms and serializers hand on was checked for its kind; a number leaves no choice, an address does."""

import subprocess

import requests
from django import forms
from django.http import HttpResponse
from flask import Flask, request
from flask_wtf import FlaskForm
from marshmallow import Schema, fields
from rest_framework import generics, serializers
from wtforms import IntegerField, StringField


class ShelfForm(forms.Form):
    """Django's."""

    address = forms.URLField()
    count = forms.IntegerField()


def shelf(request):
    form = ShelfForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    requests.get(f"https://shelves.example.net/{form.cleaned_data['count']}")
    return HttpResponse(requests.get(form.cleaned_data["address"]).text)  # expect: SA601 HIGH


class ShelfSerializer(serializers.Serializer):
    """Django REST framework's."""

    address = serializers.URLField()


class Shelves(generics.CreateAPIView):
    """A view."""

    serializer_class = ShelfSerializer

    def perform_create(self, serializer):
        requests.head(serializer.validated_data["address"])  # expect: SA601 HIGH


class Search(FlaskForm):
    """WTForms'."""

    address = StringField("address")
    page = IntegerField("page")


class Asked(Schema):
    """Marshmallow's."""

    address = fields.Str()
    page = fields.Int()


app = Flask(__name__)


@app.route("/search", methods=["POST"])
def search():
    form = Search()
    requests.get(f"https://shelves.example.net/{form.page.data}")
    return requests.get(form.address.data).text  # expect: SA601 HIGH


@app.route("/asked", methods=["POST"])
def asked():
    sent = Asked().load(request.get_json())
    subprocess.run(["show", str(sent["page"])])
    requests.get(f"https://shelves.example.net/{sent['page']}")
    return requests.get(sent["address"]).text  # expect: SA601 HIGH
