"""Gradio applications that are launched as MCP servers."""

from linked import facts_of

_APP = """
import gradio as gr

def caption(url: str) -> str:
    \"\"\"Describe a picture.\"\"\"
    print("caption", url)
    return look(url)

def count(word: str, letter: str) -> int:
    return word.count(letter)

def reset():
    return ""

with gr.Blocks() as page:
    box = gr.Textbox()
    gr.Button("Go").click(caption, inputs=box, outputs=box, api_name="describe")
    clear = gr.Button("Clear")
    clear.click(reset, outputs=box, api_name=False)

letters = gr.Interface(fn=count, inputs=["text", "text"], outputs="number")
demo = gr.TabbedInterface([page, letters], ["a", "b"])
demo.launch({})
"""


def test_functions_behind_events_are_tools() -> None:
    """By the name that the event gives them; what is kept from the interface is none."""
    tools = {tool.name: tool for tool in facts_of({"app.py": _APP.format("mcp_server=True")}).tools}
    assert set(tools) == {"describe", "count"}
    assert tools["describe"].description == "Describe a picture."
    assert [record.mechanism for record in tools["describe"].records] == ["handler"]


def test_a_page_is_no_server() -> None:
    """Launched without the option, it has no tools."""
    assert not facts_of({"app.py": _APP.format("share=True")}).tools
