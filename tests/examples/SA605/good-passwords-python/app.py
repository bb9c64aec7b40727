"""What is called a password here names one, asks for one, or stands for one."""

import os
import smtplib

import requests
from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["APP_SECRET_KEY"]
DB_PASS = os.environ.get("DB_PASS", "")
password_label = "Password2"
password = "password-input-2"
user_password = "USER_PASSWORD_2"
passwd = "/etc/passwd2"
login_pass = "{{ login_pass_2 }}"
low_pass = "butter-7!"
admin_password = "#password1"


def fetch(password="changeme-123"):
    requests.get("https://api.hosting-c7.net", headers={"Authorization": f"Bearer {password}"})
    requests.get("https://api.hosting-c7.net", auth=("admin", password))
    requests.get("https://api.hosting-c7.net", auth=("admin", "<your-password>"))


def send():
    smtplib.SMTP("mail").login("app", os.environ["SMTP_PASS"])
