/** An error whose message the caller may read. */
export class ToolError extends Error {
  constructor(
    readonly code: 'FORBIDDEN' | 'LIMIT' | 'NOT_FOUND' | 'INVALID' | 'INTERNAL',
    message: string,
  ) {
    super(message);
    this.name = 'ToolError';
  }
}
