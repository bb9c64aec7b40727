from linked import program_of

from skillaudit.linking.names.shipped import shipped


def test_what_production_imports_ships_whatever_its_folder_is_called() -> None:
    files = {
        "main.py": "from tests.server import mcp\nmcp.run()\n",
        "tests/__init__.py": "",
        "tests/server.py": "from examples import tools\nmcp = tools.server()\n",
        "examples/__init__.py": "",
        "examples/tools.py": "def server(): ...\n",
        "examples/other.py": "def other(): ...\n",
    }
    assert sorted(shipped(program_of(files))) == ["examples/__init__.py", "examples/tools.py", "tests/server.py"]


def test_what_only_tests_import_does_not() -> None:
    files = {
        "src/index.ts": "export const one = 1;\n",
        "tests/index.test.ts": 'import { made } from "./helpers/made";\nimport { one } from "../src/index";\n',
        "tests/helpers/made.ts": "export const made = 1;\n",
    }
    assert list(shipped(program_of(files))) == []


def test_a_script_that_the_server_loads_ships() -> None:
    files = {
        "src/index.ts": 'import { start } from "../scripts/start";\nstart();\n',
        "scripts/start.ts": "export function start() {}\n",
        "scripts/release.ts": "export function release() {}\n",
    }
    assert list(shipped(program_of(files))) == ["scripts/start.ts"]


def test_every_file_of_an_imported_go_package_ships() -> None:
    files = {
        "go.mod": "module example.org/server\n",
        "main.go": 'package main\n\nimport "example.org/server/examples/tools"\n\nfunc main() { tools.Start() }\n',
        "examples/tools/start.go": "package tools\n\nfunc Start() { help() }\n",
        "examples/tools/help.go": "package tools\n\nfunc help() {}\n",
        "examples/tools/start_test.go": "package tools\n\nfunc TestStart() {}\n",
    }
    assert sorted(shipped(program_of(files))) == ["examples/tools/help.go", "examples/tools/start.go"]


def test_a_module_of_a_test_folder_is_not_taken_for_an_installed_one() -> None:
    files = {"main.py": "import requests\n", "tests/__init__.py": "", "tests/requests.py": "def get(): ...\n"}
    assert list(shipped(program_of(files))) == []
