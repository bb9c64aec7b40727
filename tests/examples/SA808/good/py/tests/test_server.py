from mini import server


def test_go():
    assert server.go() == "gone"
