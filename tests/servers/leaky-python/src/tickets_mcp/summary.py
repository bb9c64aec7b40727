"""A summary that keeps within a budget of LLM tokens."""

import logging
from typing import Any

logger = logging.getLogger(__name__)


def count_tokens(text: str) -> int:
    return len(text) // 4


def summarize(tickets: list[dict[str, Any]], max_tokens: int) -> str:
    total_tokens = 0
    lines: list[str] = []
    for ticket in tickets:
        line = f"{ticket['id']}: {ticket['subject']}"
        total_tokens += count_tokens(line)
        if total_tokens > max_tokens:
            logger.info("stopped at %d of %d tokens", total_tokens, max_tokens)  # ok
            break
        lines.append(line)
    return "\n".join(lines)
