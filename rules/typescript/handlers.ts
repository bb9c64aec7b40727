import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import * as types from "@modelcontextprotocol/sdk/types.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

// ruleid: ts-tool-list
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: TOOLS }));
// ruleid: ts-dispatcher
server.setRequestHandler(CallToolRequestSchema, async (request) => call(request));
// ruleid: ts-dispatcher
this.mcp.server.setRequestHandler(types.CallToolRequestSchema, this.call.bind(this));
// ruleid: ts-dispatcher
server.setRequestHandler("tools/call", call);
// ruleid: ts-tool-list
server.setRequestHandler("tools/list", list);
// ok: ts-dispatcher, ts-tool-list
server.setRequestHandler(SubscribeRequestSchema, subscribe);
// ok: ts-dispatcher
client.request({ method: "tools/call", params }, CallToolResultSchema);
// ruleid: ts-resource-dispatcher
server.setRequestHandler(ReadResourceRequestSchema, read);
// ruleid: ts-resource-dispatcher
server.setRequestHandler("resources/read", read);
// ruleid: ts-prompt-dispatcher
server.setRequestHandler(GetPromptRequestSchema, get);
// ruleid: ts-prompt-dispatcher
server.setRequestHandler("prompts/get", get);

// ruleid: ts-resource
server.registerResource("book", new ResourceTemplate("book://{isbn}", {}), { title: "Book" }, async (uri) => read(uri));
// ruleid: ts-resource
server.resource("shelf", "shelf://all", async (uri) => read(uri));
// ok: ts-resource
await registerResource(server, definition);
// ruleid: ts-resource-object
fast.addResource({ uri: "shelf://all", name: "Shelf", load: async () => ({ text: "" }) });
// ruleid: ts-resource-object
fast.addResourceTemplate({ uriTemplate: "book://{isbn}", name: "Book", async load() { return { text: "" }; } });

// ruleid: ts-prompt
server.registerPrompt("summarise", { title: "Summarise" }, ({ isbn }) => summarise(isbn));
// ruleid: ts-prompt
server.prompt("greet", { name: z.string() }, async ({ name }) => greet(name));
// ok: ts-prompt
const answer = await terminal.prompt("Your name?", fallback);
// ruleid: ts-prompt-object
fast.addPrompt({ name: "summarise", load: async (args) => summarise(args) });
