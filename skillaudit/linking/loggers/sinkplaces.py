"""Which address, or which file, code names where it makes a sink for its records."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.linking.knowledge.sinkapis import of_script
from skillaudit.linking.loggers.deployedtexts import deployed_text
from skillaudit.linking.loggers.sinkaddresses import SKIPPED, UNVERIFIED, address
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox

_URL = re.compile(r"^[a-z][a-z0-9+.-]{1,20}://\S", re.IGNORECASE)
_KEYS = {
    "url", "host", "hostname", "endpoint", "address", "filename", "sink", "dest", "destination", "hosts", "node",
    "file", "dirname", "baseUrl", "path", "Filename", "mkdir",
}  # fmt: skip
_PATHS = {"filename", "sink", "dest", "destination", "file", "Filename"}
_SCHEMES = {
    "logging.handlers.SysLogHandler": "udp", "logging.handlers.DatagramHandler": "udp", "graypy.GELFUDPHandler": "udp",
    "logging.handlers.SocketHandler": "tcp", "graypy.GELFTCPHandler": "tcp", "graypy.GELFTLSHandler": "tls",
    "logging.handlers.HTTPHandler": "http", "pygelf.GelfUdpHandler": "udp", "pygelf.GelfTcpHandler": "tcp",
    "pygelf.GelfTlsHandler": "tls", "pygelf.GelfHttpHandler": "http", "pygelf.GelfHttpsHandler": "https",
    "splunk_handler.SplunkHandler": "https", "splunk_hec_handler.SplunkHecHandler": "https",
    "rfc5424logging.Rfc5424SysLogHandler": "udp", "tlssyslog.TLSSysLogHandler": "tls",
}  # fmt: skip
_FIRST = {*_SCHEMES, "logging.FileHandler", "logging.handlers.RotatingFileHandler", "loguru.logger.add",
          "logging.handlers.TimedRotatingFileHandler", "logging.handlers.WatchedFileHandler"}  # fmt: skip
_TRUSTING = {"graypy.GELFTLSHandler", "pygelf.GelfTlsHandler"}
"""Handlers that verify no certificate unless they are told to ``validate``."""
_LOCAL_BY_DEFAULT = "logging.handlers.SysLogHandler"
_DEPTH = 7


def schemed(made: str, address: str) -> str:
    """An address with the scheme that what this dotted path makes speaks, where it has none."""
    scheme = _SCHEMES.get(made, "")
    if "://" in address or not scheme or not (address or made == _LOCAL_BY_DEFAULT):
        return address
    return f"{scheme}://{address or 'localhost'}"


class SinkPlaces(msgspec.Struct, frozen=True):
    """Reads the arguments of the calls that make sinks."""

    box: Toolbox

    def of_call(self, fn: Fn, call: ir.Call, made: str) -> str:
        """The address that a call names; ``made`` is the dotted path of what it makes."""
        if self.box.program.modules[fn.module].language != "python":
            return self.of_lines(fn, call.line, call.end_line, of_script(made))
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
        encrypted = self.box.keyword(fn, call, "tls_enable")
        if scheme == "udp" and encrypted is not None and self._literal(encrypted).lower() == "true":
            scheme = "tls"
        secure = self.box.keyword(fn, call, "secure")
        if scheme == "http" and secure is not None and self._literal(secure).lower() == "true":
            scheme = "https"
        if scheme == "https" and any(key in {"proto", "protocol"} and text == "http" for key, text in found):
            scheme = "http"
        ports = (*texts[1:2], *(text for key, text in found if key == "port"))
        port = next((text for text in ports if text.isdigit()), "")
        return f"{scheme}://{texts[0]}{f':{port}' if port else ''}"

    def of_lines(self, fn: Fn, first: int, last: int, destination: str) -> str:
        """The address that a construction on these lines names: by a URL, by its options, else by a key for a file."""
        found: list[tuple[str, str]] = []
        for number, value in enumerate(self.box.program.function(fn).values):
            if isinstance(value, ir.Record | ir.Call) and first <= value.line <= last:
                found += self._texts(fn.at(number), "", _DEPTH)
        url = next((text for _, text in found if _URL.match(text)), "")
        schemed = "" if url else address(destination, found, self._switches(fn, first, last))
        return url or schemed or next((text for key, text in found if key in _PATHS), "")

    def unverified(self, fn: Fn, first: int, last: int, made: str = "") -> bool:
        """Whether an option of what is made on these lines, or its default, leaves the certificate unverified."""
        switches = self._switches(fn, first, last)
        if made in _TRUSTING and "validate" not in switches:
            return True
        return any(switches.get(one) is False for one in UNVERIFIED) or any(switches.get(one) for one in SKIPPED)

    def _switches(self, fn: Fn, first: int, last: int) -> dict[str, bool]:
        """Options on these lines that are literally true or false."""
        named: list[tuple[str, int]] = []
        for value in self.box.program.function(fn).values:
            match value:
                case ir.Record(entries=entries) if first <= value.line <= last:
                    named += [(entry.key, entry.value) for entry in entries]
                case ir.Call(args=args) if first <= value.line <= last:
                    named += [(argument.name, argument.value) for argument in args]
                case _:
                    pass
        held = ((name, self.box.program.value(fn.at(number))) for name, number in named if name and number >= 0)
        return {
            name: one.text.lower() == "true" for name, one in held if isinstance(one, ir.Literal) and one.kind == "bool"
        }

    def _texts(self, at: At, name: str, depth: int) -> Iterator[tuple[str, str]]:
        """Texts in a value that are constant or set by a deployment, with the names that they stand under."""
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
            case held:
                yield from self._computed(at, held, name, depth)

    def _computed(self, at: At, held: ir.Value, name: str, depth: int) -> Iterator[tuple[str, str]]:
        """What a deployment sets, else what it was made of: by a call, further up, or as one of several results."""
        if text := deployed_text(self.box, at):
            yield name, text
            return
        match held:
            case ir.Call(args=args):
                for argument in args:
                    yield from self._texts(at.to(argument.value), argument.name or name, depth - 1)
            case _ if text := self.box.texts.one(at):
                yield name, text
            case ir.Variable(value=before) | ir.Item(base=before):
                yield from self._texts(at.to(before), name, depth - 1)
            case _:
                pass

    def _literal(self, at: At) -> str:
        value = self.box.program.value(at)
        return value.text if isinstance(value, ir.Literal) else ""
