import type { PullConfigured, PullFailed } from '#contracts';
import { THEN, markOf, provider } from './ids.js';

export const pullFacts = (tenant: string) => {
  const mark = markOf(tenant);
  const settings = { vendor: 'okta', baseUrl: mark, account: mark, secretRef: mark, include: [mark] };
  return [
    { type: 'pull.configured', source: 'log', settings, since: THEN, by: provider, at: THEN } satisfies PullConfigured,
    { type: 'pull.failed', source: 'log', code: 'X', sentence: mark, since: THEN, at: THEN } satisfies PullFailed,
  ];
};
