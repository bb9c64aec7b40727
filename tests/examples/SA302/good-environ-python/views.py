"""What the server says of a request, and patterns that put a placeholder where the secret was."""

import logging
import re

from django.http import HttpResponse

log = logging.getLogger(__name__)
NAMED = re.compile(r"(password=)\S+")


def account(request):
    log.info("caller %s", request.META["REMOTE_ADDR"])
    log.info("by %s", request.META["REQUEST_METHOD"])
    log.info("with %s", request.META.get("HTTP_USER_AGENT"))
    return HttpResponse("known")


def redact(text):
    return re.sub(r"password=\S+", "password=***", text)


def enter(password):
    log.info("given %s", re.sub(".", "*", password))
    log.info("given %s", NAMED.sub(r"\1[REDACTED]", f"password={password}"))
    log.info("given %s", NAMED.sub(lambda found: found[1], f"password={password}"))
    log.info("given %s", redact(f"password={password}"))
