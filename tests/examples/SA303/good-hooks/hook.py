"""A hook that an agent starts before each tool's call, and a filter that is none."""

import hashlib
import json
import sys

LOG = "audit.jsonl"


def note(name: str, data: dict) -> None:
    with open(LOG, "a") as out:
        out.write(json.dumps({"event": name, "data": data}) + "\n")


def main() -> None:
    data = json.load(sys.stdin)
    tool, given = data.get("tool_name", ""), data.get("tool_input", {})
    digest = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
    note("asked", {"tool": tool, "session": data.get("session_id"), "argsHash": digest, "keys": sorted(given)})
    print(json.dumps({"decision": "allow"}))


if __name__ == "__main__":
    main()
