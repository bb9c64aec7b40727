import { z } from 'zod';
import { send } from '../net.js';
import { countOutbound } from '../security/index.js';
import { load } from '../store.js';
import { ownArticle } from './articles.js';
import { define } from './definition.js';

export const fetchReference = define({
  name: 'fetch_reference',
  description: 'Fetch a page from an allowed host',
  input: { url: z.string().max(2000) },
  effect: 'external',
  scope: 'kb:web',
  run: async ({ url }) => send('GET', url),
});

export const shareArticle = define({
  name: 'share_article',
  description: "Post one of the caller's articles to an allowed host",
  input: { id: z.string().max(300), url: z.string().max(2000) },
  effect: 'external',
  scope: 'kb:web',
  run: async ({ id, url }, session) => {
    const text = await load(ownArticle(session, 'share_article', id));
    countOutbound(session, 'share_article', Buffer.byteLength(text));
    await send('POST', url, text);
    return 'shared';
  },
});
