"""Shows a client."""

import logging
import os

logging.info("key %s", os.environ["QUIET_API_KEY"])
