import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { config } from './config.js';
import { ToolError } from './errors.js';

/** An article lies at `<root>/<owner>/<slug>`. */
export interface Article {
  owner: string;
  path: string;
}

export function locate(id: string): Article {
  const path = resolve(config.root, id);
  const inside = relative(config.root, path).split(sep);
  if (inside[0] === '..' || inside.length < 2 || inside[0] === '') {
    throw new ToolError('INVALID', 'An article is named owner/slug');
  }
  return { owner: inside[0]!, path };
}

export async function search(owner: string, words: string): Promise<string[]> {
  const folder = resolve(config.root, owner);
  const found: string[] = [];
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.md'))) {
    const text = await readFile(resolve(folder, name), 'utf8');
    if (text.toLowerCase().includes(words.toLowerCase())) found.push(`${owner}/${name}`);
  }
  return found;
}

export async function load(article: Article): Promise<string> {
  try {
    return await readFile(article.path, 'utf8');
  } catch {
    throw new ToolError('NOT_FOUND', 'No such article');
  }
}

export async function save(article: Article, text: string): Promise<void> {
  await mkdir(dirname(article.path), { recursive: true });
  await writeFile(article.path, text, 'utf8');
}
