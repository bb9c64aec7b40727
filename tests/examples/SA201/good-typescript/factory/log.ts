import pino, { type Logger } from "pino";

const options = { base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
const root: Logger = pino(options, pino.destination(2));

export const createLogger = (scope: string) => root.child({ scope });
