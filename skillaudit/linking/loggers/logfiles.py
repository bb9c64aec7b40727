"""Which configuration file of the tree a call of Python's logging reads."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from skillaudit import ir
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import Fn
from skillaudit.settingsfiles import LogFile


class LogFiles(msgspec.Struct, frozen=True):
    """The files, and what the code says of their names."""

    setups: Setups
    files: tuple[LogFile, ...]

    def started(self) -> Iterator[tuple[str, LogFile]]:
        """Files that a start command names, with the package they belong to."""
        inventory = self.setups.box.program.inventory
        packages = {file.path: file.package for file in inventory.files}
        for file in self.files:
            if file.started:
                yield packages.get(file.path, ""), file

    def read_by(self, fn: Fn, call: ir.Call) -> LogFile | None:
        """The file that the argument, a deployment, the function or the module names, else the only one there is."""
        if not self.files or not call.args:
            return None
        value = next((a.value for a in call.args if a.name == "log_config"), call.args[0].value)
        given = self.setups.texts(fn.at(value))
        ends = [self.setups.box.program.value(end) for end in self.setups.ends(fn.at(value))]
        if any(isinstance(end, ir.Record) for end in ends):
            return None
        body = Fn(fn.module, 0)
        deployed = next(iter(self.deployed(fn)), None)
        named = self._named(given) or deployed or self._named(self._texts(fn)) or self._named(self._texts(body))
        return named or (self.files[0] if len(self.files) == 1 and not given else None)

    def deployed(self, fn: Fn) -> list[LogFile]:
        """The files that deployments name in variables which the function, or the module's body, asks for by name."""
        box = self.setups.box
        package = box.program.package_path(fn.module)
        asked = {*self._texts(fn), *self._texts(Fn(fn.module, 0))}
        held = [value for name in asked for value in box.environment.values(package, name)]
        names = {PurePosixPath(value).name for value in held}
        return [file for file in self.files if PurePosixPath(file.path).name in names]

    def _named(self, texts: list[str]) -> LogFile | None:
        names = {PurePosixPath(text).name for text in texts}
        return next((file for file in self.files if PurePosixPath(file.path).name in names), None)

    def _texts(self, fn: Fn) -> list[str]:
        values = self.setups.box.program.function(fn).values
        return [value.text for value in values if isinstance(value, ir.Literal) and value.kind == "str"]
