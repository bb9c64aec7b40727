import pino from "pino";

const log = pino();

export const recorded =
  <A>(tool: string, run: (args: A) => Promise<object>) =>
  async (args: A) => {
    log.info({ event: "tool_call", tool, args }, "tool_call"); // expect: SA303
    return run(args);
  };
