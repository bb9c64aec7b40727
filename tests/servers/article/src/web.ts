import { ToolError } from './errors.js';
import type { Session } from './session.js';

const ALLOWED_HOSTS = new Set((process.env.ALLOWED_HOSTS ?? 'docs.example.org').split(','));

function approved(address: string): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:' || !ALLOWED_HOSTS.has(url.hostname)) {
    throw new ToolError('FORBIDDEN', 'This host is not on the list');
  }
  return url;
}

export async function fetchUrlTool(args: { url: string }): Promise<string> {
  const response = await fetch(approved(args.url), { redirect: 'error' });
  return response.text();
}

export async function postUrlTool(args: { url: string; body: string }, session: Session): Promise<string> {
  const url = approved(args.url);
  session.volume.recordOutbound('post_url', Buffer.byteLength(args.body));
  const response = await fetch(url, { method: 'POST', body: args.body, redirect: 'error' });
  return response.text();
}
