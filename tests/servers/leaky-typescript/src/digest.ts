import { createLogger } from './telemetry/index.js';

const log = createLogger('digest');

export class CancellationToken {
  private cancelled = false;
  cancel(): void {
    this.cancelled = true;
  }
  get isCancelled(): boolean {
    return this.cancelled;
  }
}

const countTokens = (text: string): number => Math.ceil(text.length / 4);

/** As many notes as fit into a budget of LLM tokens. */
export function digest(notes: string[], maxTokens: number, token = new CancellationToken()): string {
  const kept: string[] = [];
  let usedTokens = 0;
  for (const note of notes) {
    if (token.isCancelled) {
      log.info({ cancellationToken: token.isCancelled }, 'cancelled'); // ok
      break;
    }
    usedTokens += countTokens(note);
    if (usedTokens > maxTokens) {
      log.info(`stopped at ${usedTokens} of ${maxTokens} tokens`); // ok
      break;
    }
    kept.push(note);
  }
  return kept.join('\n');
}
