def test_forecast() -> None:
    assert True
