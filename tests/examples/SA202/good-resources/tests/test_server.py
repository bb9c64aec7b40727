from unittest.mock import MagicMock

from server import register


def test_register() -> None:
    register(MagicMock())
