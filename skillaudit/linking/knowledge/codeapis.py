"""What calls of libraries and of the runtime do with paths, addresses and commands: the tables of ``codeapis.toml``."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from skillaudit.codeflows import Danger

Arguments = tuple[int | str, ...]
"""Which arguments decide: positions and keywords."""


class _Calls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    calls: tuple[str, ...]
    arguments: Arguments


class _Files(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    operation: str
    calls: tuple[str, ...]
    arguments: Arguments


class _Programs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    form: str
    calls: tuple[str, ...]
    first: int = 0
    arguments: Arguments = ("args", "command", "cmd", "popenargs")


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    same: tuple[tuple[str, str], ...] = ()
    leave_nothing: frozenset[str] = frozenset()
    leave_nothing_by_name: frozenset[str] = frozenset()
    leave_names: frozenset[str] = frozenset()
    leave_names_by_name: frozenset[str] = frozenset()
    leave_quoted: frozenset[str] = frozenset()
    leave_hosts: frozenset[str] = frozenset()
    split_suffixes: frozenset[str] = frozenset()
    make_paths: frozenset[str] = frozenset()
    make_addresses: frozenset[str] = frozenset()
    receives: frozenset[str] = frozenset()
    addresses: tuple[_Calls, ...] = ()
    shells: tuple[_Calls, ...] = ()
    programs: tuple[_Programs, ...] = ()
    options: tuple[_Calls, ...] = ()
    code: tuple[_Calls, ...] = ()
    paths: tuple[_Files, ...] = ()


def _read() -> _Tables:
    """The general table with what those of single languages add to it."""
    held = Path(__file__).parent
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(held.glob("codeapis*.toml"))]
    keys = {key for one in read for key in one}
    return msgspec.convert({key: [row for one in read for row in one.get(key, ())] for key in keys}, _Tables)


def _by_call(rows: Iterable[_Calls]) -> dict[str, Arguments]:
    """Libraries of two languages may share a name (`openai.OpenAI`): the call has the arguments of both."""
    found: dict[str, Arguments] = {}
    for row in rows:
        for call in row.calls:
            found[call] = tuple(dict.fromkeys((*found.get(call, ()), *row.arguments)))
    return found


_TABLES = _read()

LEAVE_NOTHING = _TABLES.leave_nothing
LEAVE_NOTHING_BY_NAME = _TABLES.leave_nothing_by_name
LEAVE_NAMES = _TABLES.leave_names
LEAVE_NAMES_BY_NAME = _TABLES.leave_names_by_name
LEAVE_QUOTED = _TABLES.leave_quoted
LEAVE_HOSTS = _TABLES.leave_hosts
SPLIT_SUFFIXES = _TABLES.split_suffixes
MAKE_PATHS = _TABLES.make_paths
MAKE_ADDRESSES = _TABLES.make_addresses
RECEIVES = _TABLES.receives
ADDRESSES = _by_call(_TABLES.addresses)
SHELLS = _by_call(_TABLES.shells)
CODE = _by_call(_TABLES.code)
PROGRAMS = {call: row for row in _TABLES.programs for call in row.calls}
OPTIONS = _by_call(_TABLES.options)
PATHS = {call: (row.operation, row.arguments) for row in _TABLES.paths for call in row.calls}

OF_NAMES = frozenset({Danger.PATH, Danger.ADDRESS, Danger.ADDRESS_PATH, Danger.CODE})
"""What a name in which no separator of paths is left can do no harm to."""

OF_HOSTS = frozenset(Danger) - {Danger.ADDRESS}
"""What the number of a host can do no harm to; one of IPv6 may hold a zone of any letters, and is none."""

OF_QUOTED = frozenset(Danger) - {Danger.PATH}
"""What a word that is quoted for a shell or an address can do no harm to."""

_VERSION = re.compile(r"/v\d+$")


@cache
def chained(path: str, parts: int = 1) -> str:
    """``package~Method`` of a method of whatever a package gives, however it was put together; else the path.

    ``parts`` is how many names of the path are told: with 2, what the method is called on, too.
    """
    head, made, _ = path.partition("(")
    folder, slash, last = head.rpartition("/")
    package = _VERSION.sub("", folder + slash + last.partition(".")[0])
    return f"{package}~{'.'.join(path.rsplit('.', parts)[1:])}" if made else path


@cache
def spellings(path: str) -> tuple[str, ...]:
    """The path, as another module names the same thing, and as a method of whatever a package gives."""
    other = next((new + path.removeprefix(old) for old, new in _TABLES.same if path.startswith(old)), path)
    return tuple(dict.fromkeys((path, other, *(chained(one, parts) for parts in (1, 2) for one in (path, other)))))


PATH_METHODS = {
    "resolve", "absolute", "expanduser", "joinpath", "with_suffix", "with_name", "with_stem", "as_posix",
    "readlink", "relative_to", "relativeTo", "Hostname", "EscapedPath", "as_uri",
}  # fmt: skip
"""Methods of path objects that give a path."""

ARCHIVES = {"zipfile.ZipFile", "tarfile.open", "tarfile.TarFile", "tarfile.TarFile.open"}
"""They open archives: what lies in one is its maker's."""

STREAMS = {"io.BytesIO", "io.StringIO"}
"""They make files of what they are given."""

ARCHIVE_METHODS = {"infolist", "namelist", "getmembers", "getnames", "getinfo", "getmember"}
"""Methods of archives that tell what lies in them, under names that its maker chose."""

SAFE_PARTS = {"name", "stem", "suffix", "suffixes"}
"""Parts of a path object in which no separator is left."""

OWN_PARTS = {
    "hostname", "host", "netloc", "Host", "href", "protocol", "scheme", "Scheme", "origin", "port", "parts",
    "parents", "parent", "pathname", "value", "0", "String",
}  # fmt: skip
"""Parts of an address or a path: who checks them checks the whole."""

PATH_OBJECT_METHODS: dict[str, str] = {
    "read_text": "read", "read_bytes": "read", "write_text": "write", "write_bytes": "write", "open": "open",
    "unlink": "delete", "rmdir": "delete", "mkdir": "write", "touch": "write", "iterdir": "list", "rglob": "list",
    "glob": "list", "walk": "list", "symlink_to": "write", "hardlink_to": "write", "chmod": "write", "rename": "rename",
    "replace": "rename",
}  # fmt: skip
"""What methods of Python's path objects do."""

UNMISTAKABLE = {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "symlink_to", "hardlink_to"}
"""Those of them that nothing else has."""

BROWSER_METHODS = {"goto", "navigate", "gotoUrl"}
"""Methods of a browser's page that open an address."""

RESPONSE_FILES = {"sendFile", "sendfile", "download", "File", "FileAttachment", "SendFile", "Download"}
"""Methods of a web framework's response that send a file of the server."""

QUOTING_TEMPLATES = {
    "zx.$", "execa.$", "execa.$.sync", "zx.$.sync", "Bun.$", "bun.$", "execa.$()", "execa.execa", "execa.execa()",
    "zx.$()",
}  # fmt: skip
"""Tags of templates that quote what is put into a command line."""

PROGRAMS_BY_NAME = ("sh.",)
"""Python: modules whose functions are programs of the same name: ``sh.bash("-c", line)``."""

GIT_COMMANDS = ("git.Repo().git.", "git.Git().", "git.cmd.Git().")
"""GitPython hands the arguments of these methods on to the command line of git."""

OF_LANGUAGE = {"Function": False, "compile": True, "exec": True, "__import__": True}
"""Builtins that only one language has: whether that is Python."""

DECODES: dict[str, tuple[str, ...]] = {
    "BindArguments": ("params", "arguments"), "Decode": (), "ShouldBindJSON": ("Body",), "BindJSON": ("Body",),
    "Bind": ("Body",), "ShouldBind": ("Body",), "ShouldBindQuery": ("Query",), "BodyParser": ("Body",),
    "ShouldBindUri": ("Param",), "QueryParser": ("Query",),
}  # fmt: skip
"""Go: methods that fill their last argument, and from which part of what they are called on."""

DECODES_ARGUMENT = {"Unmarshal", "UnmarshalRead", "DecodeMap", "WeakDecode", "VerifyAndUnmarshal"}
REPLACES = {
    "sub", "replace", "replaceAll", "ReplaceAllString", "ReplaceAllStringFunc", "ReplaceAllLiteralString", "ReplaceAll",
    "replace_all",
}  # fmt: skip
COMPILES = {"compile", "RegExp", "MustCompile", "Compile"}
ENTRY = "an archive's entry"
ENTRIES = {"adm-zip().getEntries", "adm-zip().getEntry", "yauzl-promise.open().readEntry", "archive/zip.OpenReader",
           "archive/zip.NewReader", "archive/tar.NewReader().Next", "archive/tar.Reader().Next"}  # fmt: skip
"""They give out an archive's entries."""
ENTRY_NAMES = {"path", "entryName", "fileName", "name", "rawEntryName", "relativePath", "Name", "Linkname"}
"""What archives' readers call the name of an entry."""

CONTEXTS = {"c", "ctx", "context"}
"""Names of the object in which Koa and Hono hand over the request."""

RUNNERS = {
    "bwrap", "sudo", "env", "xargs", "nohup", "timeout", "nice", "firejail", "sandbox-exec", "setsid", "stdbuf",
    "ionice", "npx", "uvx", "pipx", "bunx", "doas", "unshare", "chroot", "time",
}  # fmt: skip
"""Programs that run the program which their arguments name."""

SWITCHES = {
    "--json", "-s", "-q", "--quiet", "-v", "--verbose", "-r", "-R", "-i", "-l", "-f", "-rf", "--no-pager",
    "--porcelain", "--oneline", "--stat", "--cached", "--staged", "--all", "-a", "-u", "--force", "--hard",
    "--soft", "--recursive", "--name-only", "--line-number", "--no-heading", "-y", "--yes", "-sS", "-L",
    "-fsSL", "-la", "-p", "-d", "-D", "--no-color", "--dry-run", "--help", "--version",
}  # fmt: skip
"""Options that take no value, so that what follows them is a word of its own."""

VALUED = {
    "journalctl": {"-u", "-p", "-D"}, "systemctl": {"-p"}, "ffmpeg": {"-i", "-f", "-r"}, "ffprobe": {"-i", "-f"},
    "kubectl": {"-l"}, "helm": {"-f"}, "docker": {"-p", "-u"}, "podman": {"-p", "-u"}, "docker-compose": {"-f", "-p"},
    "ssh": {"-i", "-p", "-l", "-L", "-D", "-R"}, "scp": {"-i"}, "sudo": {"-u", "-p", "-D"},
    "psql": {"-d", "-f", "-p", "-v"}, "pg_dump": {"-d", "-f", "-p"}, "mysql": {"-u", "-D"}, "mysqldump": {"-u"},
    "redis-cli": {"-p", "-a", "-u", "-i", "-r"}, "tar": {"-f"}, "curl": {"-d", "-u"}, "adb": {"-s"}, "grep": {"-f"},
    "awk": {"-f", "-v"}, "sed": {"-f"}, "make": {"-f"}, "nmap": {"-p"}, "ps": {"-p", "-u"}, "pgrep": {"-u"},
    "pkill": {"-u"}, "kill": {"-s"}, "crontab": {"-u"}, "tmux": {"-s"},
    "xcrun": {"-s"}, "say": {"-v", "-r", "-f"}, "espeak": {"-v", "-s", "-p", "-f"}, "yt-dlp": {"-f"}, "pandoc": {"-f"},
    "tesseract": {"-l"}, "wget": {"-i"}, "rsync": {"-f"}, "dig": {"-p"}, "traceroute": {"-p"}, "ping": {"-i", "-s"},
}  # fmt: skip
"""By program, those that take one all the same: ``journalctl -u unit``, ``ffmpeg -i file``."""

SCHEMA_METHODS = {
    "parse", "safeParse", "parseAsync", "safeParseAsync", "model_validate", "parse_obj", "validate_python",
    "validateSync", "cast",
}  # fmt: skip
"""Methods of schemas that give the checked value back."""

REQUEST_METHODS = {
    "valid", "json", "Query", "text", "formData", "parseBody", "query", "queries", "param", "form", "get_json",
    "get_data", "body", "getBody", "arrayBuffer", "get_media",
}  # fmt: skip
"""Methods of a request that give a part of it."""
