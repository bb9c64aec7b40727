import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { BlockList } from 'node:net';
import { config } from './config.js';
import { ToolError } from './errors.js';

const internal = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16],
  ['172.16.0.0', 12], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3],
] as const) internal.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) {
  internal.addSubnet(net, bits, 'ipv6');
}

interface Target {
  url: URL;
  address: string;
  family: number;
}

/** Scheme, host and the address behind the name; the address is the one that gets connected to. */
async function approve(address: string): Promise<Target> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.port !== '' || !config.allowedHosts.has(url.hostname)) {
    throw new ToolError('FORBIDDEN', 'This address is not on the list of allowed hosts');
  }
  const found = await lookup(url.hostname, { all: true });
  const first = found[0];
  if (!first || found.some(({ address, family }) => internal.check(address, family === 6 ? 'ipv6' : 'ipv4'))) {
    throw new ToolError('FORBIDDEN', 'This address is not on the list of allowed hosts');
  }
  return { url, address: first.address, family: first.family };
}

export async function send(method: 'GET' | 'POST', address: string, body?: string): Promise<string> {
  const target = await approve(address);
  return new Promise((done, fail) => {
    const outgoing = request(
      target.url,
      {
        method,
        timeout: 10_000,
        headers: body === undefined ? {} : { 'content-type': 'text/plain; charset=utf-8' },
        lookup: (_host, options, callback) =>
          options.all
            ? callback(null, [{ address: target.address, family: target.family }])
            : callback(null, target.address, target.family),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        if (status < 200 || status >= 300) {
          response.resume();
          fail(new ToolError('INVALID', `The host answered ${status}`));
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new ToolError('INVALID', 'The host did not answer in time')));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
