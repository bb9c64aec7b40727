import requests

from errors import UpstreamError

BASE = "https://store.example.test"


class Client:
    def shelf(self, name: str) -> dict:
        answer = requests.get(f"{BASE}/shelf", params={"n": name}, timeout=5)
        if answer.status_code != 200:
            raise RuntimeError(f"store said {answer.text}")
        return answer.json()

    def book(self) -> dict:
        answer = requests.get(f"{BASE}/book", timeout=5)
        if not answer.ok:
            message = answer.json().get("message", "unknown")
            raise UpstreamError(answer.status_code, message)
        return answer.json()

    def code(self) -> dict:
        answer = requests.get(f"{BASE}/book", timeout=5)
        if not answer.ok:
            raise RuntimeError(f"store said {answer.status_code}")
        return answer.json()

    def wrapped(self, call):
        try:
            return call()
        except requests.HTTPError as e:
            said = e.response.json()
            raise Exception(f"Error {said.get('message', '?')}")

    def page(self) -> dict:
        def inner():
            answer = requests.get(f"{BASE}/page", timeout=5)
            answer.raise_for_status()
            return answer.json()

        return self.wrapped(inner)


def require(value: str) -> None:
    if "/" in value:
        raise ValueError(f"bad value {value}")


def fixed(value: str) -> None:
    if "/" in value:
        raise ValueError("no slash is allowed in a name")
