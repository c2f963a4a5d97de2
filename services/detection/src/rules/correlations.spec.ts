import { HOUR_MS } from '#libs/terms';
import { event } from '../../test/domain-samples.js';
import { compileRules } from './compile-rules.js';
import type { CompileAdditions } from './tenant-parts.js';
import { tenantRules } from './tenant-rules.js';

const WINDOW_MS = HOUR_MS;
const compile: CompileAdditions = (files, placeholders, known) => compileRules(files, WINDOW_MS, placeholders, known);
const base = (id: string, eventId: number) =>
  `title: Rule ${id}\nid: ${id}\nname: ${id}_name\nlevel: low\nlogsource: { product: windows, service: security }\ndetection: { s: { EventID: ${eventId} }, condition: s }\n`;
const correlation = (id: string, rules: string, condition: string, more = '') =>
  `title: Correlation ${id}\nid: ${id}\nlevel: high\nstatus: test\ntags: [attack.t1110]\n${more}correlation: { type: event_count, rules: [${rules}], group-by: [TargetUserName], timespan: 10m, condition: { ${condition} } }\n`;
const file = (path: string, ...documents: string[]) => ({ path, text: documents.join('---\n') });

const global = () =>
  compileRules(
    [file('g.yml', base('failed', 4625), base('other', 4740), correlation('often', 'failed', 'gte: 3'))],
    WINDOW_MS,
  );
const failed = (user: string | undefined, eventId = 4625) =>
  event(1, {
    native: Buffer.from(
      JSON.stringify({
        Channel: 'Security',
        EventID: eventId,
        Computer: 'DC1',
        ...(user === undefined ? {} : { TargetUserName: user }),
      }),
    ),
  });
const own = (...files: { path: string; text: string }[]) => ({
  importId: 'i',
  under: '',
  files,
  placeholders: {},
  exceptions: [],
});

describe('correlations of compiled rules', () => {
  it('are fed by their rules, with the values of the group in lower case; such rules raise nothing themselves', async () => {
    const [hit] = (await global()).hitsOf('WINDOWS', failed('Ada'), undefined);
    expect(hit).toMatchObject({
      isSilent: true,
      feeds: [
        {
          correlationId: 'often',
          node: 0,
          group: ['ada'],
          values: { TargetUserName: 'Ada' },
          waits: { kinds: ['WINDOWS'], horizonMs: 0 },
        },
      ],
    });
  });
  it('are not fed without a group; other rules raise as ever', async () => {
    const rules = await global();
    expect(rules.hitsOf('WINDOWS', failed(undefined), undefined)[0]?.feeds).toBeUndefined();
    const [other] = rules.hitsOf('WINDOWS', failed('ada', 4740), undefined);
    expect([other?.feeds, other?.isSilent]).toEqual([undefined, undefined]);
  });
  it('say of themselves what rules say', async () => {
    const rules = await global();
    expect(rules.correlating('often')).toMatchObject({
      detection: {
        id: 'often',
        level: 'HIGH',
        techniques: ['T1110'],
        version: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      },
    });
    expect(rules.correlating('often')?.titleOf('failed')).toBe('Rule failed');
    expect(rules.running).toContainEqual({ ruleId: 'often', techniques: ['T1110'], kind: 'WINDOWS', tested: false });
    expect(rules.correlating('failed')).toBeUndefined();
  });
  it('are told of time as long as their windows may close', async () => {
    const rules = await compileRules(
      [file('c.yml', base('failed', 4625), correlation('few', 'failed', 'lt: 3'))],
      WINDOW_MS,
    );
    expect(rules.hitsOf('WINDOWS', failed('ada'), undefined)[0]?.feeds?.[0]?.waits).toEqual({
      kinds: ['WINDOWS'],
      horizonMs: 600_000,
      stepMs: 60_000,
    });
  });
});

describe('correlations of a tenant', () => {
  it('may rest on rules for everybody, by id or name; those still raise by themselves', async () => {
    const everybody = await global();
    const rules = await tenantRules(
      everybody,
      own(file('t.yml', base('mine', 4624), correlation('own', 'other_name, mine', 'gte: 2'))),
      compile,
      () => undefined,
    );
    expect(rules?.own.failures).toEqual([]);
    const [hit] = rules?.hitsOf('WINDOWS', failed('ada', 4740), undefined) ?? [];
    expect(hit).toMatchObject({ detection: { id: 'other' }, feeds: [{ correlationId: 'own', group: ['ada'] }] });
    expect(hit?.isSilent).toBeUndefined();
    expect(rules?.correlating('own')?.titleOf('other')).toBe('Rule other');
    expect([rules?.correlating('often')?.detection.id, everybody.correlating('own')]).toEqual(['often', undefined]);
    expect(everybody.hitsOf('WINDOWS', failed('ada', 4740), undefined)[0]?.feeds).toBeUndefined();
  });
  it('that rest on what nobody has are told', async () => {
    const rules = await tenantRules(
      await global(),
      own(file('t.yml', correlation('own', 'nobody', 'gte: 2'))),
      compile,
      () => undefined,
    );
    expect(rules?.own.failures).toMatchObject([
      { file: 't.yml', reason: expect.stringContaining("'nobody'") as string },
    ]);
  });
});
