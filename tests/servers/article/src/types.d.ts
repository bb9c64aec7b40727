declare module 'pino-multi-stream' {
  interface MultiStream {
    write(line: string): void;
    lastLevel?: number;
  }
  const pinoms: { multistream(streams: Array<{ stream: unknown }>): MultiStream };
  export default pinoms;
}

declare module 'pino-cloudwatch' {
  export default function cloudWatch(options: { group: string; stream: string; aws_region?: string }): NodeJS.WritableStream;
}
