"""Passwords are chosen by people; they are given under names, in headers, in second place, and as defaults."""

import os
import smtplib

import jwt
import requests
from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = "pL9xQ2vR7tZ4mN8kW3jH6sD1"  # expect: SA605
DB_PASS = os.environ.get("DB_PASS", "kX9#mP2$vL5n")  # expect: SA605


def connect(database):
    database.connect(host="db", user="app", password="hV7kT2mQ9xB4")  # expect: SA605
    database.connect("postgresql://app:hV7kT2mQ9xB4@db.prod.hosting-c7.net/app")  # expect: SA605


def fetch():
    requests.get("https://api.hosting-c7.net", headers={"Authorization": "Bearer 9aF3kLm2Qx7vTz8bNw4pRs6yHd1cGj5e"})  # expect: SA605
    requests.get("https://api.hosting-c7.net", auth=("admin", "Gx7vLq2mZt9R"))  # expect: SA605


def send():
    smtplib.SMTP("mail").login("app", "Winter-4711!")  # expect: SA605


def issue(user):
    return jwt.encode({"sub": user}, "nB6yM1xK5wR9pL2sF7Zq8vT3", algorithm="HS256")  # expect: SA605


def enrol(name, password="Welcome-4711-Qx"):  # expect: SA605
    return name
