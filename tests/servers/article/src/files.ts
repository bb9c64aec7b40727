import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { ToolError } from './errors.js';
import { log } from './log.js';
import type { Session } from './session.js';

const ROOT = resolve(process.env.FILES_ROOT ?? 'files');

function inside(path: string): string {
  const target = resolve(ROOT, path);
  if (!target.startsWith(ROOT + sep)) throw new ToolError('FORBIDDEN', 'The path leads out of the root');
  return target;
}

export async function readFileTool(args: { path: string }): Promise<string> {
  return readFile(inside(args.path), 'utf8');
}

export async function writeFileTool(args: { path: string; content: string }, session: Session): Promise<string> {
// <article>
const PROTECTED_PATH_PATTERNS = [
/\.env/, // environment files
/\.git\//, // git internals
/\.ssh\//, // SSH keys
/\/etc\//, // system config
/\.github\//, // CI/CD workflows
/cron/i, // cron job files
/\.(sh|bash|zsh|py|rb)$/, // executable scripts
/node_modules\//, // dependency tree
];
function isProtectedPath(path: string): boolean {
return PROTECTED_PATH_PATTERNS.some(p => p.test(path));
}
// In write_file handler — check before any write
if (isProtectedPath(args.path)) {
log.security({
event: 'write_to_protected_path',
path: args.path, // log the path — not the content
callerId: session.callerId,
ts: Date.now()
});
throw new ToolError('FORBIDDEN', 'Write target is not allowed');
}
// </article>
  const target = inside(args.path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, args.content, 'utf8');
  return 'written';
}
