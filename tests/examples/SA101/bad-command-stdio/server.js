import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

export async function serve() {
  const server = new McpServer({ name: 'mini', version: '1.0.0' });
  server.tool('list_books', {}, async () => {
    console.error('listing');
    return { content: [] };
  });
  await server.connect(new StdioServerTransport()); // expect: SA101 MEDIUM
}
