"""A security logger."""

import json
import sys


class AuditLogger:
    def emit(self, event: str, **fields: object) -> None:
        sys.stderr.write(json.dumps({"event": event, **fields}) + "\n")
