"""What an operator's command line and the addresses share."""

import json


def restore(settings: str, source: str) -> dict:
    with open(source) as file:
        held = json.load(file)
    with open(settings, "w") as file:
        json.dump(held, file)
    return held


def backup(settings: str, name: str, target: str = "/var/backups/mini.json") -> str:
    with open(settings) as file:
        held = json.load(file)
    with open(target, "w") as file:
        json.dump(held[name], file)
    return target


def show(settings: str, name: str) -> str:
    with open(settings) as file:
        return json.load(file)[name]
