import os


def test_key():
    print(os.environ["QUIET_API_KEY"])
    assert os.environ["QUIET_API_KEY"]
