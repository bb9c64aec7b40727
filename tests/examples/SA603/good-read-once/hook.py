"""An editor's hook: run by the user whose file it is, told of it once, and done."""

import json
import sys


def read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def main() -> None:
    text = sys.stdin.read().strip()
    told = json.loads(text) if text else {}
    print(len(read(told.get("file_path", ""))))
    sys.exit(0)


if __name__ == "__main__":
    main()
