import { z } from 'zod';
import { ToolError } from '../errors.js';
import { hash, identify, log, refuseProtectedPath } from '../security/index.js';
import type { Session } from '../session.js';
import { load, locate, save, search, type Article } from '../store.js';
import { define } from './definition.js';

/** Valid token, somebody else's article: answered like an article that does not exist, and recorded. */
export function ownArticle(session: Session, tool: string, id: string): Article {
  const article = locate(id);
  if (article.owner !== session.owner) {
    session.failures += 1;
    log.security({
      event: 'idor_attempt',
      reason: 'idor',
      ...identify(session),
      tool,
      resource: hash(id),
      resourceOwner: hash(article.owner),
      sessionFailureCount: session.failures,
      ts: Date.now(),
    });
    throw new ToolError('NOT_FOUND', 'No such article');
  }
  return article;
}

export const searchArticles = define({
  name: 'search_articles',
  description: "Search the caller's articles for words",
  input: { words: z.string().min(1).max(200) },
  effect: 'retrieval',
  scope: 'kb:read',
  run: async ({ words }, session) => (await search(session.owner, words)).join('\n'),
});

export const readArticle = define({
  name: 'read_article',
  description: "Read one of the caller's articles, named owner/slug",
  input: { id: z.string().max(300) },
  effect: 'retrieval',
  scope: 'kb:read',
  run: async ({ id }, session) => load(ownArticle(session, 'read_article', id)),
});

export const saveArticle = define({
  name: 'save_article',
  description: "Create or replace one of the caller's articles",
  input: { id: z.string().max(300), text: z.string().max(1_000_000) },
  effect: 'mutation',
  scope: 'kb:write',
  run: async ({ id, text }, session) => {
    const article = ownArticle(session, 'save_article', id);
    refuseProtectedPath(session, 'save_article', article.path);
    await save(article, text);
    return 'saved';
  },
});
