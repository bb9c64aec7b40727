"""What ``probe(…)`` is given in a program of one file and, perhaps, others."""

from linked import denoted

PY, TS = "app.py", "src/app.ts"


def python(source: str, **others: str) -> list[str]:
    """What ``probe(…)`` is given in a Python program; other files by their names."""
    return denoted({PY: source, **{f"{name}.py": text for name, text in others.items()}}, PY)


def script(source: str, files: dict[str, str] | None = None) -> list[str]:
    """The same in TypeScript; other files by their paths."""
    return denoted({TS: source, **(files or {})}, TS)


def go(source: str, files: dict[str, str] | None = None) -> list[str]:
    """The same in Go; other files by their paths."""
    module = {"go.mod": "module example.com/app\n\ngo 1.24\n"}
    return denoted({**module, "main.go": f"package main\n{source}", **(files or {})}, "main.go")
