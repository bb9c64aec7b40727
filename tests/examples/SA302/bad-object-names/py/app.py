import logging
from dataclasses import dataclass

from kubernetes import client

log = logging.getLogger(__name__)


@dataclass
class Ref:
    namespace: str
    secret: str


@dataclass
class Login:
    user: str
    secret: str


def find(ref: Ref, login: Login, secret_name: str) -> None:
    log.info("looking for %s/%s", ref.namespace, ref.secret)
    log.info("looking for %s", secret_name)
    found = client.CoreV1Api().read_namespaced_secret(ref.secret, ref.namespace)
    log.info("found %s", found.metadata.name)
    log.info("data %s", found.data["password"])  # expect: SA302
    log.info("login %s", login.secret)  # expect: SA302


find(Ref("a", "b"), Login("a", "b"), "c")
