from audit import AuditLogger


def test_emit():
    AuditLogger().emit("auth_failure", reason="expired")
