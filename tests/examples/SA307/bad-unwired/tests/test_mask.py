"""Only a test uses it."""

from server import mask_token


def test_mask() -> None:
    assert mask_token("abcdefgh") == "****efgh"
