import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compile, correlationPlan, type SourceKind } from '#libs/sigma';
import { stories } from './index.js';

const rulesUnder = (dir: string): { path: string; text: string }[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return rulesUnder(path);
    return path.endsWith('.yml') ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
const rules = compile(rulesUnder('rules'));
const plan = correlationPlan(rules.correlations);
const KINDS: Record<string, SourceKind> = {
  WINDOWS: 'windows',
  AWS_CLOUDTRAIL: 'aws-cloudtrail',
  OKTA: 'okta',
  SURICATA: 'suricata',
};
const now = Date.UTC(2026, 10, 22, 12, 0);

const matches = (tenant: string): string[] => {
  const story = stories.find((one) => one.tenant === tenant);
  const kinds = new Map(story?.plan.sources.map(({ name, kind }) => [name, KINDS[kind]]));
  const found = story
    ?.feeds(now)
    .flatMap(({ source, events }) =>
      events.flatMap((event) =>
        rules.match({ logsource: kinds.get(source) as SourceKind, native: Buffer.from(JSON.stringify(event)) }),
      ),
    );
  return [...new Set(found)]
    .filter((id) => plan.raises(id))
    .map((id) => rules.rules.find((rule) => rule.id === id)?.title ?? '')
    .sort();
};

it('tells the same story every time', () =>
  expect(JSON.stringify(stories.find(({ tenant }) => tenant === 'northwind')?.feeds(now))).toBe(
    JSON.stringify(stories.find(({ tenant }) => tenant === 'northwind')?.feeds(now)),
  ));
it('has a stolen session at Northwind', () =>
  expect(matches('northwind')).toEqual([
    'Memory of the logon process read',
    'PowerShell started with an encoded command',
    'Service installed to run a shell or a remote tool',
    'Shadow copies or backups destroyed',
  ]));
it('has an account taken over at Atelier Lumière', () =>
  expect(matches('lumiere')).toEqual([
    'Access key created for another user',
    'Administrator role granted',
    'Audit logging stopped or deleted',
    'Session opened through an anonymising service',
    'User denied a push request',
  ]));
it('has a controlled computer at Sakura', () =>
  expect(matches('sakura')).toEqual(
    expect.arrayContaining(['Network traffic of a controlled host', 'PowerShell started with an encoded command']),
  ));
it('ends its attacks before now, in the last hour', () => {
  for (const { feeds } of stories) {
    for (const event of feeds(now).flatMap(({ events }) => events) as Record<string, string>[]) {
      const at = Date.parse(
        (event['@timestamp'] ?? event.published ?? event.eventTime ?? event.timestamp ?? '').replace('000+0000', 'Z'),
      );
      expect(at).toBeLessThanOrEqual(now);
      expect(at).toBeGreaterThan(now - 3_700_000);
    }
  }
});
