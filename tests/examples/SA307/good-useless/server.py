import logging
import re


class SecretFilter(logging.Filter):
    def filter(self, record):
        record.msg = re.sub(r"ghp_\w+", "***", record.getMessage())
        record.args = ()
        return True


class TokenFilter(logging.Filter):
    def filter(self, record):
        return "***" in record.getMessage() or "ghp_" not in record.getMessage()


def scrub(text):
    return text.replace("ghp_", "***")


log = logging.getLogger(__name__)
log.addFilter(SecretFilter())
log.addFilter(TokenFilter())


def note(text):
    log.info("call %s", scrub(text))
