"""Tools that a decorator declares on a method, and transports that a framework is told by an option."""

import pytest
from linked import facts_of

_TOOL = """import {{ Injectable }} from '@nestjs/common';
import {{ {name} }} from '{module}';
import {{ z }} from 'zod';

@Injectable()
export class Books {{
  @{name}({options})
  async lend({{ title }}: {{ title: string }}) {{
    console.error('lent');
    return title;
  }}
}}
"""
_OPTIONS = "{ name: 'lend_book', description: 'Lend a book', parameters: z.object({ title: z.string() }) }"


@pytest.mark.parametrize(
    ("name", "module", "options", "tools"),
    [
        ("Tool", "@rekog/mcp-nest", _OPTIONS, ["lend_book"]),
        ("Tool", "easy-mcp/experimental/decorators", "{ description: 'Lend a book' }", ["lend"]),
        ("Tool", "langchain", _OPTIONS, []),
    ],
)
def test_methods_with_a_decorator(name: str, module: str, options: str, tools: list[str]) -> None:
    found = facts_of({"books.ts": _TOOL.format(name=name, module=module, options=options)}).tools
    assert [(tool.name, len(tool.records)) for tool in found] == [(one, 1) for one in tools]


_NEST = """import {{ Module }} from '@nestjs/common';
import {{ McpModule, McpTransportType }} from '@rekog/mcp-nest';
@Module({{ imports: [McpModule.forRoot({{ name: 'books', version: '1' {transport} }})] }})
export class AppModule {{}}
"""
_FRAMEWORK = "import {{ MCPServer }} from 'mcp-framework';\nconst server = new MCPServer({});\nserver.start();\n"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (_NEST.format(transport=""), {"http", "sse"}),
        (_NEST.format(transport=", transport: McpTransportType.STDIO"), {"stdio"}),
        (_NEST.format(transport=", transport: [McpTransportType.STREAMABLE_HTTP]"), {"http"}),
        (_FRAMEWORK.format(""), {"stdio"}),
        (_FRAMEWORK.format("{ transport: { type: 'http-stream' } }"), {"http"}),
    ],
)
def test_transports_by_an_option(text: str, kinds: set[str]) -> None:
    assert {one.kind for one in facts_of({"server.ts": text}).transports} == kinds
