"""The part of a connection's address behind its account."""

import logging
import os

ADDRESS = os.environ["DATABASE_URL"]
logging.info("connecting to %s", ADDRESS.rpartition("@")[2])
logging.info("connecting to %s", ADDRESS.split("@")[-1])
logging.info("connecting to %s", ADDRESS.split("@", 1)[1])
