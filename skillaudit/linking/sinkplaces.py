"""Which address, or which file, code names where it makes a sink for its records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.program import At, Fn
from skillaudit.linking.toolbox import Toolbox

_URL = re.compile(r"^[a-z][a-z0-9+.-]{1,20}://\S", re.IGNORECASE)
_KEYS = {
    "url", "host", "hostname", "endpoint", "address", "filename", "sink", "dest", "destination", "hosts", "node",
    "file", "dirname", "baseUrl", "path", "Filename", "mkdir",
}  # fmt: skip
_PATHS = {"filename", "sink", "dest", "destination", "file", "Filename"}
_SCHEMES = {
    "logging.handlers.SysLogHandler": "udp", "logging.handlers.DatagramHandler": "udp", "graypy.GELFUDPHandler": "udp",
    "logging.handlers.SocketHandler": "tcp", "graypy.GELFTCPHandler": "tcp", "graypy.GELFTLSHandler": "tls",
    "logging.handlers.HTTPHandler": "http",
}  # fmt: skip
_FIRST = {*_SCHEMES, "logging.FileHandler", "logging.handlers.RotatingFileHandler", "loguru.logger.add",
          "logging.handlers.TimedRotatingFileHandler", "logging.handlers.WatchedFileHandler"}  # fmt: skip
_LOCAL_BY_DEFAULT = "logging.handlers.SysLogHandler"
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class SinkPlaces:
    """Reads the arguments of the calls that make sinks."""

    box: Toolbox

    def of_call(self, fn: Fn, call: ir.Call, made: str) -> str:
        """The address that a call names; ``made`` is the dotted path of what it makes."""
        found = [pair for a in call.args for pair in self._texts(fn.at(a.value), a.name, _DEPTH)]
        scheme = _SCHEMES.get(made, "")
        if made in _FIRST and call.args and not call.args[0].name:
            found = [("address" if scheme else "filename", text) for _, text in found[:2]] + found[2:]
        if url := next((text for _, text in found if _URL.match(text)), ""):
            return url
        texts = [text for key, text in found if key in _KEYS]
        if not texts:
            return f"{scheme}://localhost" if made == _LOCAL_BY_DEFAULT and not call.args else ""
        if not scheme:
            return texts[0]
        if texts[0].startswith("/"):
            return f"unix://{texts[0]}"
        secure = self.box.keyword(fn, call, "secure")
        if scheme == "http" and secure is not None and self._literal(secure).lower() == "true":
            scheme = "https"
        port = next((text for text in texts[1:2] if text.isdigit()), "")
        return f"{scheme}://{texts[0]}{f':{port}' if port else ''}"

    def of_lines(self, fn: Fn, first: int, last: int) -> str:
        """The address that a construction on these lines names: by a URL, else by a key for a file or host."""
        found: list[tuple[str, str]] = []
        for number, value in enumerate(self.box.program.function(fn).values):
            if isinstance(value, ir.Record | ir.Call) and first <= value.line <= last:
                found += self._texts(fn.at(number), "", _DEPTH)
        url = next((text for _, text in found if _URL.match(text)), "")
        return url or next((text for key, text in found if key in _PATHS), "")

    def _texts(self, at: At, name: str, depth: int) -> Iterator[tuple[str, str]]:
        """Constant texts in a value, with the names that they stand under."""
        if depth < 0:
            return
        match self.box.program.value(at):
            case ir.Literal(kind="str" | "num", text=text):
                yield name, text
            case ir.Record(entries=entries):
                for entry in entries:
                    yield from self._texts(at.to(entry.value), entry.key or name, depth - 1)
            case ir.Sequence(items=items):
                for item in items:
                    yield from self._texts(at.to(item), name, depth - 1)
            case ir.Call(args=args):
                for argument in args:
                    yield from self._texts(at.to(argument.value), argument.name or name, depth - 1)
            case _:
                text = self.box.texts.one(at)
                if text:
                    yield name, text

    def _literal(self, at: At) -> str:
        value = self.box.program.value(at)
        return value.text if isinstance(value, ir.Literal) else ""
