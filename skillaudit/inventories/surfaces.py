"""What each source file is for, by the conventions of the Python, JavaScript, Go, Rust and .NET worlds.

The order is that of harm: code that is not the project's own first, then what no user runs, then the command line.
When in doubt a file is production.
"""

import re
from collections.abc import Mapping, Sequence

from skillaudit.inventories._content import Content
from skillaudit.inventories._layout import SOURCE_ROOTS, Layout, Level, Signs, is_test_name, normal
from skillaudit.model import Language, Surface

_VENDORED = frozenset({"node_modules", "third_party", "thirdparty", "bower_components", "site_packages", "vendored"})
_VENDORED_EXACT = frozenset({"_vendor", ".venv", "venv"})
_VENDORED_ALWAYS = frozenset({".yarn"})
_COCOAPODS = "Pods"
"""As CocoaPods writes it; in small letters it is a folder about Kubernetes."""
_STATIC = frozenset({"", "public", "static", "assets", "web", "docs", "js"})
_VENDOR_PARENTS = _STATIC | {"src", "lib"}

_OUTPUT = frozenset({"dist", "out", "build", "lib", "es", "esm", "cjs", "umd", "bundle", "target", "release"})
_JAVASCRIPT_SUFFIX = re.compile(r"(?:\.d)?\.[cm]?[jt]sx?$")
_GENERATED_NAME = re.compile(
    r"\.pb(?:\.gw|\.validate)?\.go$|_pb2(?:_grpc)?\.pyi?$|_pb\.[cm]?[jt]s$|\.d\.[cm]?ts$|\.pyi$|^zz_generated\."
    r"|[._-]gen(?:erated)?\.(?:go|[cm]?[jt]sx?|py|cs|rs)$|\.g\.(?:cs|dart)$|\.Designer\.cs$|\.pnp\.[cm]?js$"
)
_COMMENTED = re.compile(r"(?:\.go|_pb2(?:_grpc)?\.py|\.py)$")
"""What generators begin with a comment that says so: without it the name says nothing."""
_MINIFIED_NAME = re.compile(r"[.-](?:min|bundle)\.[cm]?js$")
_DECLARATION_NAME = re.compile(r"\.d\.[cm]?ts$|\.pyi$")

_ANYWHERE = {
    Surface.GENERATED: "__generated__ .react_router .next .nuxt .svelte_kit htmlcov lcov_report",
    Surface.TEST: "__tests__ __mocks__ __fixtures__ __snapshots__ testdata test_utils testutil testutils test_helpers "
    "testhelpers testsupport test_support test_fixtures integtests e2e_tests integration_tests unit_tests cypress",
    Surface.BENCHMARK: "__benchmarks__ benches .loadtest loadtest",
    Surface.EXAMPLE: "examples samples cookbook cookbooks example_servers sample_servers",
    Surface.SCRIPT: ".github .gitlab .circleci .husky .githooks .devcontainer .vscode .storybook .claude .cursor "
    ".codex",
}
_NEAR = {
    Surface.TEST: "test tests spec specs e2e fixtures mocks mock evals testing test_services",
    Surface.BENCHMARK: "benchmark benchmarks bench loadtests load_test load_tests",
    Surface.EXAMPLE: "example sample demo demos tutorial tutorials quickstart quickstarts playground showcase",
}
_TOP = {
    Surface.GENERATED: "coverage",
    Surface.TEST: "eval",
    Surface.BENCHMARK: "perf",
    Surface.DOCUMENTATION: "docs doc documentation wiki docs_src doc_src docs_source",
    Surface.SCRIPT: "scripts script hack ci xtask eslint_rules eslint_config eslint_plugin prettier_config tsconfig "
    "typescript_config tailwind_config build_tools dev_tools devtools api_extractor",
}
# These names also hold the product itself (``tools/`` beside ``server.py``): code that speaks MCP stays production.
_TOP_UNLESS_MCP = {
    Surface.DOCUMENTATION: "site website docs_site",
    Surface.SCRIPT: "dev debug deploy deployment infra tooling tools build",
}


_SPECIFICATIONS = {"spec", "specs"}
"""Folders of tests, or of what specifies an interface: a document right inside is none of a test."""
_DOCUMENT_NAME = re.compile(r"\.(?:json|ya?ml)$", re.IGNORECASE)


def _by_name(table: Mapping[Surface, str]) -> dict[str, Surface]:
    return {name: surface for surface, names in table.items() for name in names.split()}


_ANYWHERE_BY_NAME = _by_name(_ANYWHERE)
_NEAR_BY_NAME = _by_name(_NEAR)
_TOP_BY_NAME = _by_name(_TOP)
_WEAK_BY_NAME = _by_name(_TOP_UNLESS_MCP)

_TEST_DIRECTORY = re.compile(
    r"(?:unit|integ|integration|e2e|accuracy|browser|eval|smoke|perf|performance|load|system|functional|acceptance"
    r"|regression|contract|conformance|manual)_?tests?$"
)
_EVAL_DIRECTORY = re.compile(r"evals?_(?:tools?|tests?|suite|runner)$")
_BAD_DIRECTORY = re.compile(r"(?:bad|vulnerable|insecure|malicious|evil)_(?:mcps?|servers?|examples?|mcp_servers?)$")
_EXAMPLE_DIRECTORY = re.compile(r"(?:example|sample|demo)_(?:mcp_)?(?:servers?|clients?|apps?|projects?)$")
_TEMPLATES = frozenset({"templates", "template", "scaffold", "scaffolds", "boilerplate", "skeleton", "starter"})

_SCRIPT_AT_ROOT = re.compile(
    r"(?:setup|noxfile|tasks|fabfile|build|release|publish|bump[_-]?version|gulpfile|gruntfile|magefile|dangerfile|deploy"
    r"|postinstall|preinstall|webpack|rollup|esbuild|rspack|knip|docs?_?build)(?:[._-].*)?\.\w+$"
    r"|.*\.(?:config|conf)(?:\.\w+)?\.[cm]?[jt]sx?$|\..*|.*\.workspace\.[cm]?[jt]s$",
    re.IGNORECASE,
)
_OF_A_PACKAGE = re.compile(r"(?!magefile)\w+\.go$", re.IGNORECASE)
"""All files of a folder are one program in Go, whatever they are called."""
_TEST_AT_ROOT = re.compile(r"(?:tests?|test[-_.].*|.*[-_]tests?|(?:vi|je)st[.-]setup|setupTests)\.\w+$")
_EXAMPLE_AT_ROOT = re.compile(
    r"(?:(?:example|demo|sample|quickstart)s?(?:[-_].*)?|.*[-_](?:example|demo|sample))\.\w+$"
)
_NAMES = (
    (re.compile(r"\.stories\.[cm]?[jt]sx?$"), Surface.EXAMPLE),
    (re.compile(r"\.(?:mock|fixture)s?\.[cm]?[jt]sx?$"), Surface.TEST),
    (re.compile(r"(?:^bench(?:mark)?_.*|.*[._]bench(?:mark)?)\.(?:py|[cm]?[jt]s|rs)$"), Surface.BENCHMARK),
    (re.compile(r"^(?:setup\.py|build\.rs)$"), Surface.SCRIPT),
)
_CERTAIN_TEST = re.compile(r"_test\.(?:go|exs|dart)$|\.(?:test|e2e|e2e-spec|test-d)\.[cm]?[jt]sx?$|^conftest\.py$")
_CLI_STEM = re.compile(r"(?:.*[_-])?(?:cli|setup|wizard|configure)(?:[_-].*)?$", re.IGNORECASE)
_MANY_COMMANDS = 3
_CLI_DIRECTORIES = frozenset({"cli", "wizard", "setup_wizard"})


def is_vendored(path: str, vendor_marked: frozenset[str], licensed: frozenset[str]) -> bool:
    """Whether a path lies in somebody else's code.

    A folder's name alone says so of what browsers load; elsewhere something in it must say whose it is, or code of the
    project's own would only need another folder. ``vendor`` is also a word of business: it counts directly under a root
    or a folder of static files, or where a vendoring tool's mark lies in it.

    Args:
        path: The file.
        vendor_marked: Directories with a vendoring tool's list.
        licensed: Directories that hold a licence, a manifest or such a list, themselves or further down.
    """
    parts = path.split("/")[:-1]
    for index, part in enumerate(parts):
        directory = "/".join(parts[: index + 1])
        if part == _COCOAPODS or part.lower() in _VENDORED_ALWAYS:
            return True
        if normal(part) in _VENDORED or part.lower() in _VENDORED_EXACT:
            return directory in licensed or _is_loaded(path, parts[:index])
        if part.lower() in {"vendor", "vendors"}:
            parent = parts[index - 1].lower() if index else ""
            known = parent in _VENDOR_PARENTS and (directory in licensed or _is_loaded(path, parts[:index]))
            if known or directory in vendor_marked:
                return True
    return False


def _is_loaded(path: str, above: Sequence[str]) -> bool:
    """Whether a browser may load a file: a script at the root or in a folder of static files."""
    return path.endswith((".js", ".mjs", ".css")) and (above[-1].lower() if above else "") in _STATIC


def is_promotable(path: str, layout: Layout) -> bool:
    """Whether a file may turn out to be the server after all: no type declaration, no test and no compiled twin."""
    parts = tuple(path.split("/"))
    content = layout.files[path]
    is_test = _of_test_name(parts, content, layout) is not None
    return not (_DECLARATION_NAME.search(path) or is_test or content.minified or _is_build_output(parts, layout))


def is_start(path: str, surface: Surface, layout: Layout) -> bool:
    """Whether a file that a manifest names as the start is read, whatever its header or a twin beside it claims.

    What a compiler put into a folder of its own is not: its source is.
    """
    unread = surface in {Surface.GENERATED, Surface.MINIFIED}
    return unread and not _DECLARATION_NAME.search(path) and not _is_compiled_elsewhere(tuple(path.split("/")), layout)


def surface_of(path: str, language: Language | None, layout: Layout) -> Surface:
    """The surface of one file that is not vendored."""
    parts = tuple(path.split("/"))
    content = layout.files.get(path)
    if content is None:
        return _of_directories(parts, layout) or Surface.PRODUCTION
    return (
        _foreign(parts, content, layout)
        or _of_test_name(parts, content, layout)
        or _of_directories(parts, layout)
        or _of_other_names(parts, language, content, layout)
        or _of_templates(parts, content, layout)
        or _of_go_commands(parts, content, layout)
        or (Surface.CLI if _is_front_end(parts, content, layout) else Surface.PRODUCTION)
    )


def _foreign(parts: tuple[str, ...], content: Content, layout: Layout) -> Surface | None:
    """Code that a program wrote."""
    name = parts[-1]
    if content.minified or _MINIFIED_NAME.search(name):
        return Surface.MINIFIED
    if _is_build_output(parts, layout) or _DECLARATION_NAME.search(name):
        return Surface.GENERATED
    said = content.generated or content.unread or not _COMMENTED.search(name)
    written = content.generated or (said and _GENERATED_NAME.search(name) is not None)
    return Surface.GENERATED if written and not content.acts else None


def _is_build_output(parts: tuple[str, ...], layout: Layout) -> bool:
    """Whether a script was compiled: its TypeScript source is here too, or ``dist`` repeats a server from elsewhere."""
    path = "/".join(parts)
    match = _JAVASCRIPT_SUFFIX.search(path)
    if match is None or match[0] in {".ts", ".tsx"}:
        return False
    stem = path[: match.start()]
    beside = any(f"{stem}{suffix}" in layout.files for suffix in (".ts", ".tsx", ".mts"))
    return beside or _is_compiled_elsewhere(parts, layout)


def _is_compiled_elsewhere(parts: tuple[str, ...], layout: Layout) -> bool:
    stem = _JAVASCRIPT_SUFFIX.sub("", "/".join(parts))
    for index, part in enumerate(parts[:-1]):
        if part.lower() in _OUTPUT:
            root, tail = "/".join(parts[:index]), stem.split("/", index + 1)[-1]
            speakers = layout.signs.get(root, Signs()).speakers
            if part.lower() == "dist" and speakers > layout.signs.get("/".join(parts[: index + 1]), Signs()).speakers:
                return True
            homes = (root, f"{root}/src".lstrip("/"))
            twins = (f"{home}/{tail}{suffix}".lstrip("/") for home in homes for suffix in (".ts", ".tsx", ".mts"))
            if any(twin in layout.files for twin in twins):
                return True
    return False


def _of_test_name(parts: tuple[str, ...], content: Content, layout: Layout) -> Surface | None:
    """Files that a test runner collects; in the source only with tests in them (``test_connection.py`` is a tool)."""
    name = parts[-1]
    if _CERTAIN_TEST.search(name) or (is_test_name(name) and content.tests):
        return Surface.TEST
    at_root = "/".join(parts[:-1]) in layout.roots
    if at_root and not content.speaks_mcp and (is_test_name(name) or _TEST_AT_ROOT.match(name)):
        return Surface.TEST
    return None


def _of_directories(parts: tuple[str, ...], layout: Layout) -> Surface | None:
    """The first directory on the way that has a conventional purpose."""
    for index, part in enumerate(parts[:-1]):
        if "/".join(parts[: index + 1]) in layout.helpers:
            return Surface.SCRIPT
        if not layout.is_own_name(parts, index):
            surface = _of_directory(normal_directory(part), parts, index, layout)
            if surface is not None:
                return surface
    return None


def normal_directory(part: str) -> str:
    """A directory name as the tables spell it; a leading dot stays."""
    return ("." if part.startswith(".") else "") + normal(part)


def _of_directory(name: str, parts: tuple[str, ...], index: int, layout: Layout) -> Surface | None:
    if name in _ANYWHERE_BY_NAME:
        return _ANYWHERE_BY_NAME[name]
    if name in _SPECIFICATIONS and index == len(parts) - 2 and _DOCUMENT_NAME.search(parts[-1]):
        return None
    if _BAD_DIRECTORY.match(name):
        return Surface.EXAMPLE
    signs = layout.signs.get("/".join(parts[: index + 1]), Signs())
    level = layout.level(parts, index)
    if level is Level.TOP:
        strong = _TOP_BY_NAME.get(name) or _NEAR_BY_NAME.get(name) or _by_pattern(name)
        return strong or (None if signs.speakers else _weak(name, parts, index, layout))
    surface = _NEAR_BY_NAME.get(name) or (Surface.TEST if _TEST_DIRECTORY.match(name) else None)
    certain = surface is Surface.TEST and signs.tests
    return surface if certain or (level is Level.SOURCE and not signs.speakers) else None


def _by_pattern(name: str) -> Surface | None:
    """Names at the top that are made of two words."""
    if _TEST_DIRECTORY.match(name) or _EVAL_DIRECTORY.match(name):
        return Surface.TEST
    return Surface.EXAMPLE if _EXAMPLE_DIRECTORY.match(name) else None


def _weak(name: str, parts: tuple[str, ...], index: int, layout: Layout) -> Surface | None:
    """A name that means a purpose only where nothing imports the folder, and nothing in it has its own manifest."""
    directory = "/".join(parts[: index + 1])
    surface = _WEAK_BY_NAME.get(name)
    inside_source = index > 0 and parts[index - 1].lower() in SOURCE_ROOTS
    if directory in layout.importable or inside_source or not parts[index].islower():
        return None
    if surface is Surface.SCRIPT and layout.root_of("/".join(parts)).startswith(directory):
        return None
    if name == "tools":
        return surface if _is_developers_tool(parts, index, layout) else None
    return surface


def _is_developers_tool(parts: tuple[str, ...], index: int, layout: Layout) -> bool:
    """Whether a file under ``tools/`` is none of the server's: a Go program, or a script beside ``src/``."""
    content = layout.files.get("/".join(parts))
    if content is None or parts[-1].endswith(".go"):
        return content is not None and content.go_main
    return _JAVASCRIPT_SUFFIX.search(parts[-1]) is not None and "/".join((*parts[:index], "src")) in layout.signs


def _of_other_names(
    parts: tuple[str, ...], language: Language | None, content: Content, layout: Layout
) -> Surface | None:
    """Names that say a purpose anywhere, then those that do so only at a package's root."""
    name = parts[-1]
    for pattern, surface in _NAMES:
        if pattern.search(name):
            return surface
    if language is Language.SHELL or content.build_ignored:
        return Surface.SCRIPT
    return _of_root_name(parts, content, layout)


def _of_root_name(parts: tuple[str, ...], content: Content, layout: Layout) -> Surface | None:
    """Configuration, build scripts and examples at a package's root, unless called like the package itself."""
    name, directory = parts[-1], "/".join(parts[:-1])
    if directory not in layout.roots or normal(name.partition(".")[0]) == layout.roots[directory]:
        return None
    if _EXAMPLE_AT_ROOT.match(name):
        return Surface.EXAMPLE
    script = _SCRIPT_AT_ROOT.match(name) and not _OF_A_PACKAGE.match(name)
    return Surface.SCRIPT if script and not content.speaks_mcp else None


def _of_templates(parts: tuple[str, ...], content: Content, layout: Layout) -> Surface | None:
    """Scaffolds that a command copies for its user: in a template folder, and no part of the program around them."""
    for index, part in enumerate(parts[:-1]):
        if part.lower() in _TEMPLATES:
            directory = "/".join(parts[: index + 1])
            is_package = any(root.startswith(f"{directory}/") or root == directory for root in layout.roots if root)
            is_python = parts[-1].endswith(".py")
            below_package = any("/".join(parts[:above]) in layout.importable for above in range(1, index + 1))
            stray = is_python and below_package and "/".join(parts[:-1]) not in layout.importable
            if is_package or stray or content.go_main:
                return Surface.EXAMPLE
    return None


def _of_go_commands(parts: tuple[str, ...], content: Content, layout: Layout) -> Surface | None:
    """Programs under ``cmd/`` that no release builds are tools of the developers, unless they start a server."""
    if not layout.commands or "cmd" not in parts[:-2] or not parts[-1].endswith(".go"):
        return None
    index = parts.index("cmd")
    if "/".join(parts[:index]) not in layout.roots or parts[index + 1] in layout.commands or content.serves:
        return None
    return Surface.BENCHMARK if normal(parts[index + 1]) in {"loadtest", "bench", "benchmark"} else Surface.SCRIPT


def _is_front_end(parts: tuple[str, ...], content: Content, layout: Layout) -> bool:
    """Whether the file is a command that its operator runs by hand; what starts the server is production.

    One of many sub-commands may start something without making the whole front end the server.
    """
    if content.speaks_mcp or (content.serves and content.commands < _MANY_COMMANDS):
        return False
    for index, part in enumerate(parts[:-1]):
        directory = "/".join(parts[: index + 1])
        signs = layout.signs.get(directory, Signs())
        level = layout.level(parts, index)
        if normal(part) in _CLI_DIRECTORIES and level is not Level.DEEP and directory not in layout.roots:
            return signs.interactive
        below_command = part == "cmd" and level is Level.TOP and len(parts) > index + 3 and parts[-1].endswith(".go")
        if below_command and layout.signs.get("/".join(parts[: index + 2]), Signs()).interactive:
            return True
    return content.interactive and _CLI_STEM.match(parts[-1].partition(".")[0]) is not None
