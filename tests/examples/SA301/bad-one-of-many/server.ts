import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "settings", version: "1.0.0" });

class Settings {
  constructor(private readonly env: NodeJS.ProcessEnv = process.env) {}
  get(name: string, fallback = ""): string {
    return this.env[name] ?? fallback;
  }
}

function build(env: NodeJS.ProcessEnv) {
  return { region: env.REGION, mode: env["MODE"] };
}

function childEnv(extra: Record<string, string>) {
  return { ...process.env, ...extra };
}

const NAMES = ["REGION", "LANG"] as const;

server.tool("start", {}, async () => {
  const settings = new Settings();
  console.error("region", settings.get("REGION"));
  console.error("built", build(process.env));
  const env = childEnv({ A: "b" });
  console.error("path", env.PATH);
  console.error("all", env); // expect: SA301 HIGH
  for (const name of NAMES) console.error(name, env[name]);
  for (const name of NAMES) console.error(name, process.env[name]);
  NAMES.forEach((name) => console.error(name, process.env[name]));
  console.error(NAMES.map((name) => `${name}=${process.env[name]}`).join(" "));
  const { REGION, ...rest } = env;
  console.error("region", REGION);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));
