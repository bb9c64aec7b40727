"""A tool that tests a connection."""


def probe(host: str) -> bool:
    return bool(host)
