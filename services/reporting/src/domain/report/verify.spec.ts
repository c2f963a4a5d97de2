import type { ReportMade } from '#contracts';
import { sampleScope, sampleWeek } from '../../../test/sample-week/index.js';
import { theWeek } from '../../../test/samples.js';
import { canonicalBytes, hashOf } from './canonical-json.js';
import { reportOf } from './compose.js';
import { REPORT_SCHEMA } from './data.js';
import { verifyReport } from './verify.js';

const report = reportOf(sampleWeek, sampleScope('EN'));
const madeOf = (figures: Buffer): ReportMade => ({
  type: 'report.made',
  reportId: 'r',
  kind: 'WEEKLY',
  ...theWeek,
  language: 'EN',
  verdict: report.verdict.sentence,
  colour: report.verdict.colour,
  figures,
  figuresHash: hashOf(figures),
  pdf: Buffer.from('%PDF'),
  at: theWeek.to,
  send: true,
});

describe('verification', () => {
  const figures = canonicalBytes(report);
  const made = madeOf(figures);
  const changed = (from: string, to: string): Buffer => Buffer.from(figures.toString('utf8').replace(from, to));
  it('finds nothing to say of an honest report', () => expect(verifyReport(made, report)).toEqual({ differences: [] }));
  it('names a changed figure, and that the bytes are not those hashed', () => {
    const tampered = changed('"median":780000', '"median":60000');
    expect(verifyReport({ ...made, figures: tampered }, report).differences).toEqual([
      { path: 'figuresHash', reported: made.figuresHash, recomputed: hashOf(tampered) },
      { path: 'figures.time-to-approve.value.median', reported: 60_000, recomputed: 780_000 },
    ]);
  });
  it('names a changed figure even when the hash was changed with it', () => {
    const tampered = Buffer.from(
      JSON.stringify({
        ...report,
        figures: report.figures.map((figure) => (figure.id === 'events' ? { ...figure, value: 1 } : figure)),
      }),
    );
    expect(
      verifyReport({ ...made, figures: tampered, figuresHash: hashOf(tampered) }, report).differences.map(
        ({ path }) => path,
      ),
    ).toEqual(['figures.events.value']);
  });
  it('names a verdict that is not that of the figures', () =>
    expect(verifyReport({ ...made, colour: 'GREEN' }, report).differences).toEqual([
      { path: 'made.colour', reported: 'GREEN', recomputed: 'RED' },
    ]));
  it('refuses what is no JSON', () =>
    expect(() => verifyReport({ ...made, figures: Buffer.from('{') }, report)).toThrow('no JSON'));
});

describe('a report of an older form', () => {
  const [action] = report.actions;
  const older = (special: object = {}): ReportMade => {
    const actions = report.actions.map((one) => (one === action ? { ...one, state: 'VERIFIED' } : one));
    const figures = canonicalBytes({ ...report, schema: 1, actions, ...special });
    return madeOf(figures);
  };
  const today = { ...report, actions: report.actions.map((one) => ({ ...one, state: 'VERIFY_FAILED' as const })) };
  const recomputed = { ...report, actions: [today.actions[0]!, ...report.actions.slice(1)] };

  it('is not called false: what today’s form tells otherwise is named apart', () =>
    expect(verifyReport(older(), recomputed)).toEqual({
      differences: [],
      olderForm: {
        schema: 1,
        today: REPORT_SCHEMA,
        differences: [{ path: 'actions.0.state', reported: 'VERIFIED', recomputed: 'VERIFY_FAILED' }],
      },
    }));
  it('of today’s form is, for the same', () => {
    const { differences, olderForm } = verifyReport(older({ schema: REPORT_SCHEMA }), recomputed);
    expect([differences.map(({ path }) => path), olderForm]).toEqual([['actions.0.state'], undefined]);
  });
  it.each([0, 1.5, -1, '1', null, REPORT_SCHEMA + 1])('is none that calls its form %j', (schema) =>
    expect(verifyReport(older({ schema }), report).differences.map(({ path }) => path)).toContain('schema'),
  );
  it('is false where its bytes are not those hashed, and where it says another verdict than its own', () => {
    const wrong = { ...older(), figuresHash: 'f', colour: 'GREEN' as const };
    expect(verifyReport(wrong, recomputed).differences.map(({ path }) => path)).toEqual(['figuresHash', 'made.colour']);
  });
});
