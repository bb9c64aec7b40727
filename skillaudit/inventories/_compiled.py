"""Read the manifests of compiled languages: Go, Rust, .NET, Maven, Gradle."""

import re

from skillaudit.inventories._manifest import Manifest, strings, table, text
from skillaudit.inventories._toml import read_toml

_GO_MODULE = re.compile(r"^module\s+\"?([^\s\"]{1,200})", re.MULTILINE)
_GO_REQUIRE = re.compile(r"\s*(?:require\s+)?([\w~-]{1,100}\.[^\s]{1,200})\s+v\d")
_GO_USE = re.compile(r"^[ \t]*(?:use[ \t]+)?(\.{1,2}(?:/[^\s()]{0,200})?)[ \t]*$", re.MULTILINE)
_NUGET = re.compile(r"<PackageReference\s[^>]{0,200}?(?:Include|Update)\s*=\s*\"([^\"]{1,200})\"")
_MAVEN_ID = re.compile(r"<artifactId>\s*([^<\s]{1,200})")
_GRADLE = re.compile(
    r"^[ \t]*(?:implementation|api|runtimeOnly|compileOnly)[ \t(]+[\"']([^\"'\n]{1,200})", re.MULTILINE
)


def read_go_mod(source: str) -> Manifest:
    """What a ``go.mod`` declares; indirect requirements are not its own."""
    module = _GO_MODULE.search(source)
    lines = [line[:500] for line in source.splitlines() if "=>" not in line]
    runtime = {match[1] for line in lines if "// indirect" not in line and (match := _GO_REQUIRE.match(line))}
    return Manifest(
        name=module[1] if module else "",
        kind="library",
        runtime=tuple(sorted(runtime)),
        declares=any(_GO_REQUIRE.match(line) for line in lines),
    )


def read_go_work(source: str) -> tuple[str, ...]:
    """The module directories that a ``go.work`` uses."""
    return tuple(path.removeprefix("./") for path in _GO_USE.findall(source))


def read_cargo(source: str) -> Manifest:
    """What a ``Cargo.toml`` declares.

    Raises:
        ManifestError: it is not TOML, or nested too deep.
    """
    data = read_toml(source)
    runtime = {name for name, wanted in table(data, "dependencies").items() if not table(wanted).get("path")}
    development = table(data, "dev-dependencies") or table(data, "build-dependencies")
    workspace = table(data, "workspace")
    return Manifest(
        name=text(table(data, "package").get("name")),
        kind="application" if data.get("bin") or not data.get("lib") else "library",
        runtime=tuple(sorted(runtime)),
        declares=bool(runtime or development),
        members=strings(workspace.get("members")) if "workspace" in data else None,
    )


def read_csproj(source: str) -> Manifest:
    """What a .NET project file declares; its name is that of the file, which is not in its text."""
    runtime = tuple(sorted(set(_NUGET.findall(source))))
    starts = "<OutputType>Exe" in source or "Microsoft.NET.Sdk.Web" in source or "Microsoft.NET.Sdk.Worker" in source
    return Manifest("", "application" if starts else "library", runtime, bool(runtime))


def read_pom(source: str) -> Manifest:
    """What a ``pom.xml`` declares."""
    dependencies = [part.partition("</dependency>")[0] for part in source.split("<dependency>")[1:]]
    runtime = {found[1] for block in dependencies if "<scope>test" not in block and (found := _MAVEN_ID.search(block))}
    own = _MAVEN_ID.search(source.partition("</parent>")[2] or source)
    return Manifest(own[1] if own else "", "library", tuple(sorted(runtime)), bool(dependencies))


def read_gradle(source: str) -> Manifest:
    """What a Gradle build file declares in plain strings."""
    runtime = tuple(sorted(set(_GRADLE.findall(source))))
    starts = re.search(r"\b(?:application|spring-boot|org\.springframework\.boot)\b", source) is not None
    return Manifest("", "application" if starts else "library", runtime, bool(runtime))
