import pytest

from skillaudit.linking.records.correlated import correlates


@pytest.mark.parametrize("name", ["sessionId", "request_id", "x-request-id", "trace_id", "client_hash"])
def test_names_that_tie_records_together(name: str) -> None:
    assert correlates(name)


@pytest.mark.parametrize("name", ["id", "toolName", "paid", "x-forwarded-for"])
def test_names_that_do_not(name: str) -> None:
    assert not correlates(name)
