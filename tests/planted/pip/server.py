import logging  # skillaudit: ignore[SA101] reason="CANARY"
x = (
