"""A secret in what an assertion says."""


def check(token: str) -> None:
    assert token, "a token is needed"
    assert token.startswith("x-"), f"bad token {token}"  # expect: SA306
