"""The vault: one folder per owner below a root."""

from dataclasses import dataclass
from pathlib import Path

from .errors import Forbidden, VaultError


@dataclass(frozen=True)
class Document:
    owner: str
    path: Path


class Vault:
    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def resolve(self, name: str) -> Document:
        """The document behind `owner/name`, inside the root whatever the name says.

        Raises:
            Forbidden: The name leads out of the vault.
            VaultError: The name has no owner.
        """
        path = (self._root / name).resolve()
        if not path.is_relative_to(self._root):
            raise Forbidden("no such document")
        owner, *rest = path.relative_to(self._root).parts or ("",)
        if not rest:
            raise VaultError("a document is named owner/name")
        return Document(owner, path)

    def names(self, owner: str) -> list[str]:
        folder = self._root / owner
        return sorted(str(path.relative_to(self._root)) for path in folder.rglob("*") if path.is_file())

    def read(self, document: Document) -> str:
        if not document.path.is_file():
            raise VaultError("no such document")
        return document.path.read_text(encoding="utf-8")

    def write(self, document: Document, text: str) -> None:
        document.path.parent.mkdir(parents=True, exist_ok=True)
        document.path.write_text(text, encoding="utf-8")
