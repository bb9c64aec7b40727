import { createConsola } from "consola";
import { Logger } from "tslog";
import signale from "signale";
import winston from "winston";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const hidden = new Logger({ name: "told", type: "hidden" });
const printed = new Logger({ overwrite: { transportFormatted: (meta, args) => process.stderr.write(`${meta}${args}`) } });
const own = createConsola({ stdout: process.stderr });
const shown = new signale.Signale({ stream: process.stderr });
const all = winston.createLogger({
  transports: [new winston.transports.Console({ stderrLevels: ["error", "warn", "info", "debug"] })],
});
const server = new McpServer({ name: "told", version: "1.0.0" });

server.tool("go", {}, async () => {
  hidden.info("go");
  printed.info("go");
  own.info("go");
  shown.success("go");
  all.info("go");
  return { content: [] };
});

await server.connect(new StdioServerTransport());
