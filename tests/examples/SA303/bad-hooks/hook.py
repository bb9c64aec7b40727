"""A hook that an agent starts before each tool's call."""

import json
import sys

LOG = "audit.jsonl"


def note(name: str, data: dict) -> None:
    with open(LOG, "a") as out:
        out.write(json.dumps({"event": name, "data": data}) + "\n")


def main() -> None:
    data = json.load(sys.stdin)
    tool, given = data.get("tool_name", ""), data.get("tool_input", {})
    note("asked", data)  # expect: SA303
    note("weighed", {**data, "size": len(json.dumps(given))})  # expect: SA303
    note("given", given)  # expect: SA303
    note("tool", {"tool": tool, "session": data.get("session_id"), "keys": sorted(given)})
    print(json.dumps({"decision": "allow"}))


if __name__ == "__main__":
    main()
