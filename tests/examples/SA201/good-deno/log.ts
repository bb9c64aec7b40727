import * as std from "jsr:@std/log@0.224.14";

export function setup(level: std.LevelName) {
  std.setup({
    handlers: {
      console: new std.ConsoleHandler(level, { formatter: std.formatters.jsonFormatter, useColors: false }),
    },
    loggers: { default: { level, handlers: ["console"] } },
  });
}

export const log = () => std.getLogger();
