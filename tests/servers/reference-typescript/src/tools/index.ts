import { updateLimit } from './admin.js';
import { readArticle, saveArticle, searchArticles } from './articles.js';
import type { ToolDefinition } from './definition.js';
import { fetchReference, shareArticle } from './web.js';

export const tools: readonly ToolDefinition[] = [
  searchArticles,
  readArticle,
  saveArticle,
  fetchReference,
  shareArticle,
  updateLimit,
];
