import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import winston from "winston";
import WinstonCloudWatch from "winston-cloudwatch";

const log = winston.createLogger({
  transports: [new winston.transports.Console(), new WinstonCloudWatch({ logGroupName: "mini", logStreamName: "a" })],
});
const server = new McpServer({ name: "cloudwatch", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));
