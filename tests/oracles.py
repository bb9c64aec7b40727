"""Programs of others that tests compare with; a test that needs one is skipped, visibly, where it is not there."""

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NODE_MODULES = ROOT / ".oracles" / "node_modules"
"""Where ``.ci/run`` puts what comes from npm."""


def program(name: str) -> str:
    """A program beside the interpreter, among what ``.ci/run`` installs, or on the path."""
    places = (str(Path(sys.executable).parent), str(NODE_MODULES / ".bin"), os.environ["PATH"])
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def node_module(name: str) -> Path:
    """A package of Node's."""
    if not (NODE_MODULES / name).is_dir() or shutil.which("node") is None:
        pytest.skip(f"node or its package {name} is not installed")
    return NODE_MODULES / name
