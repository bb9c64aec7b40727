"""Headers and cookies under the names that CGI gives them; masks that mask nothing."""

import base64
import logging
import re

from django.http import HttpResponse

log = logging.getLogger(__name__)
DIGITS = re.compile(r"\d")


def account(request):
    log.info("caller %s", request.META["HTTP_AUTHORIZATION"])  # expect: SA302 HIGH
    log.info("caller %s", request.META.get("HTTP_X_API_KEY"))  # expect: SA302 HIGH
    log.info("browser %s", request.COOKIES["sessionid"])  # expect: SA302 HIGH
    return HttpResponse("known")


def enter(password):
    log.info("given %s", DIGITS.sub("9", password))  # expect: SA302
    log.info("given %s", base64.urlsafe_b64encode(password.encode()))  # expect: SA302
    log.info("given %s", password.encode().hex())  # expect: SA302
