from tickets_mcp.redact import fingerprint, masked


def test_a_mask_keeps_four_characters():
    assert masked("a" * 40 + "wxyz") == "****wxyz"
    assert masked("short") == "****"


def test_a_fingerprint_is_stable():
    assert fingerprint("a") == fingerprint("a") != fingerprint("b")
