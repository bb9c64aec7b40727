from tickets_mcp.summary import summarize

TICKETS = [{"id": number, "subject": "printer on fire"} for number in range(100)]


def test_a_summary_keeps_its_budget():
    assert len(summarize(TICKETS, max_tokens=50)) <= 50 * 8


def test_few_tickets_fit():
    assert summarize(TICKETS[:2], max_tokens=400) == "0: printer on fire\n1: printer on fire"
