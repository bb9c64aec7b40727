import pino from "pino";

const paths = ["token", "headers.authorization", '*["x-api-key"]'];
export const log = pino({ level: "info", redact: { paths, censor: "[hidden]" } });
