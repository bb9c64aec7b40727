from weather_server.server import describe

WARNINGS = [{"level": "yellow", "text": "Wind"}, {"level": "red", "text": "Flood"}]


def test_lower_levels_are_left_out():
    assert describe(WARNINGS, "orange") == "red: Flood"


def test_nothing_to_warn_of():
    assert describe([], "green") == "No warnings"
