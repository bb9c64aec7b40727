"""Hooks that a library calls."""

import logging
from typing import Any

from agents import gate
from claude_agent_sdk import ClaudeAgentOptions, HookMatcher
from crewai.hooks import after_tool_call, register_before_tool_call_hook
from google.adk.agents import LlmAgent
from langchain_core.agents import AgentAction
from langchain_core.callbacks import BaseCallbackHandler
from mcp.server.fastmcp import FastMCP
from strands.hooks import BeforeToolCallEvent, HookProvider

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def before(context):
    given = context.tool_input
    log.info("call", extra={"given": given if isinstance(given, dict) else {"text": str(given)}})  # expect: SA303
    log.info("call", extra={"tool": context.tool_name})
    return gate(context)


register_before_tool_call_hook(before)


@after_tool_call
def after(context):
    log.info("called", extra={"given": context.tool_input})  # expect: SA303
    shown = str(context.tool_result) if hasattr(context, "tool_result") else str(context)
    log.info("called", extra={"shown": shown[:500]})


class Handler(BaseCallbackHandler):
    def on_tool_start(self, serialized: dict[str, Any], input_str: str, **kwargs: Any) -> None:
        log.info("start", extra={"given": input_str})  # expect: SA303

    def on_agent_action(self, action: AgentAction, **kwargs: Any) -> None:
        log.info("action", extra={"given": action.tool_input})  # expect: SA303
        log.info("action", extra={"tool": action.tool})


class Watch(HookProvider):
    def register_hooks(self, registry, **kwargs):
        registry.add_callback(BeforeToolCallEvent, self.seen)

    def seen(self, event):
        log.info("call", extra={"given": event.tool_use["input"]})  # expect: SA303
        log.info("call", extra={"tool": event.tool_use["name"]})


async def checked(input_data, tool_use_id, context):
    log.info("call", extra={"given": input_data["tool_input"]})  # expect: SA303
    log.info("call", extra={"whole": str(input_data)})  # expect: SA303
    return {}


options = ClaudeAgentOptions(hooks={"PreToolUse": [HookMatcher(matcher="Bash", hooks=[checked])]})


def called(tool, args, tool_context):
    log.info("call", extra={"given": args})  # expect: SA303


agent = LlmAgent(name="mini", before_tool_callback=called)


@mcp.tool()
async def go() -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
