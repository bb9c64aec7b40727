import logging
import re


class SecretFilter(logging.Filter):  # expect: SA307
    def filter(self, record):
        re.sub(r"ghp_\w+", "***", record.getMessage())
        return True


def scrub(text):  # expect: SA307
    text.replace("ghp_", "***")
    return text


log = logging.getLogger(__name__)
log.addFilter(SecretFilter())


def note(text):
    log.info("call %s", scrub(text))
