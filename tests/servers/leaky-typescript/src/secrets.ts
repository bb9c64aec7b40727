import { createHash } from 'node:crypto';

export const mask = (secret: string): string => (secret.length >= 24 ? `****${secret.slice(-4)}` : '****');

export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 12);

export const formatBearer = (secret: string): string => ['Bearer', secret].join(' ');
