import { createHash } from 'node:crypto';
import { decode, encode } from '#libs/events';
import { until } from '#libs/testing';
import type { ReportMade } from '#contracts';
import { rewriteFact } from '../../libs/store/test/rewrite.js';
import { verifyStored, type VerifiedReport } from '../../services/reporting/src/effects/verify-report.js';
import {
  acknowledge,
  agree,
  conclude,
  downloadReport,
  follow,
  type MadeReport,
  makeReport,
  publish,
  rawId,
  rebuildViews,
  received,
  rewindAll,
  seeCases,
  setStage,
  type Stage,
  stories,
  takeOn,
  watchContainment,
} from '../../cli/src/index.js';
import { acts } from './acts.js';
import { badInput } from './bad-input/index.js';
import { chainProblems, changed, documents, storedFacts } from '../support/documents.js';
import { install, type TestInstallation } from '../support/installation.js';
import { quiet, settled } from '../support/quiet.js';
import { refusals } from './refusals/index.js';
import { effects, standins } from '../support/standins.js';

const WEEK_MS = 168 * 3_600_000;
const TENANTS = [...stories.map(({ tenant }) => tenant), '_operator'];
const LANGUAGES: Record<string, string> = { northwind: 'EN', lumiere: 'FR', sakura: 'JA' };

let installed: TestInstallation;
let stage: Stage;
const cases: Record<string, Awaited<ReturnType<typeof seeCases>>> = {};
const reports: Record<string, MadeReport> = {};

beforeAll(async () => {
  installed = await install();
  stage = await setStage(installed.up, () => undefined);
}, 180_000);

afterAll(async () => {
  if (installed) expect(await installed.leave()).toEqual([]);
}, 60_000);

describe('the story of three customers', () => {
  const act = acts();

  act('takes them on through GraphQL, one for each response model', () => takeOn(stage, stories));

  act('receives every event of their tools, by Kafka and by HTTP', async () => {
    const sent = await publish(stage, stories, Date.now());
    for (const { tenant } of stories) {
      const { intake } = await received(stage, tenant, sent[tenant] ?? 0);
      expect(intake.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(sent[tenant]);
      expect(intake.every(({ dead }) => dead === 0)).toBe(true);
    }
  });

  act('opens cases from their findings', async () => {
    for (const { tenant } of stories) {
      cases[tenant] = await seeCases(stage, tenant);
      await acknowledge(stage, cases[tenant], 'Is this expected?');
    }
  });

  act('AUTHORIZE: isolates the hosts and sees that they are silent', () => watchContainment(stage, 'northwind'));
  act('COLLABORATE: asks, and suspends the account once the customer agrees', () => agree(stage, 'lumiere'));
  act('NOTIFY: guides, and the customer says what it has done', () => follow(stage, 'sakura'));

  act('acted once for every action of the provider, and not at all where it only guides', async () => {
    const { actions } = await stage.analyst.ask<{
      actions: { edges: { node: { state: string; target: { id: string } } }[] };
    }>('query { actions(first: 100) { edges { node { state target { id } } } } }');
    const verified = actions.edges.map(({ node }) => node).filter(({ state }) => state === 'VERIFIED');
    const done = await effects(installed);
    const contained = done.filter((effect) => /^(isolate|suspend) /i.test(effect));
    expect(contained.map((effect) => effect.replace(/^\w+ /, '')).sort()).toEqual(
      verified.map(({ target }) => target.id).sort(),
    );
    expect(new Set(done).size).toBe(done.length);
  });

  act('a second person closes a contained case, and the customer rates the work', async () => {
    const [first] = cases.northwind ?? [];
    if (!first) throw new Error('northwind has no case');
    await conclude(
      stage,
      'northwind',
      first,
      { technique: 'T1566.001', patientZero: 'wks-014', cause: 'A macro was opened.', preventableHow: 'Block macros.' },
      'Two hosts isolated.',
    );
  });

  for (const { tenant } of stories)
    act(`makes the weekly report of ${tenant} as PDF and as data, in its language`, async () => {
      const to = Date.now();
      const period = { from: new Date(to - WEEK_MS).toISOString(), to: new Date(to).toISOString() };
      reports[tenant] = await makeReport(stage.analyst, { tenantId: tenant, kind: 'WEEKLY', ...period });
      const pdf = await downloadReport(installed.up, reports[tenant].pdfUrl);
      expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
      const figures = JSON.parse(reports[tenant].figures) as { language: string };
      expect(figures.language).toBe(LANGUAGES[tenant]);
      expect(createHash('sha256').update(reports[tenant].figures).digest('hex')).toBe(reports[tenant].figuresHash);
    });
});

describe('refusals', () => refusals(() => ({ installed, stage, cases })));
describe('bad input', () => badInput(() => ({ installed, stage, cases })));

const verify = (tenant: string): Promise<VerifiedReport> =>
  installed.storeOf('reporting', (store) => verifyStored(store, tenant, rawId(reports[tenant]?.id ?? '')));

describe('what is stored', () => {
  it.each(stories.map(({ tenant }) => tenant))('the report of %s says what the facts say', async (tenant) => {
    const { differences, problems } = await verify(tenant);
    expect({ differences, problems }).toEqual({ differences: [], problems: [] });
  });

  it('every view is what the facts say', async () => {
    await settled(installed);
    const { stack } = installed.up;
    // The services go on meanwhile: only a look at which no view lags says something.
    const { differences } = await until(
      'views to have taken in all facts',
      async () => {
        const found = await rebuildViews(stack, installed.broker, { check: true, say: () => undefined });
        return found.every(({ lag }) => !lag) && { differences: found };
      },
      60_000,
    );
    expect(differences).toEqual([]);
  }, 300_000);

  it('the chains of all services verify', async () => expect(await chainProblems(installed, TENANTS)).toEqual([]));

  it('everything delivered once more changes no view, no fact and calls no vendor', async () => {
    await quiet(installed.broker);
    const look = async () => ({
      documents: await documents(installed, TENANTS),
      facts: await storedFacts(installed, TENANTS),
      calls: await standins(installed),
    });
    const before = await look();
    await rewindAll(installed.up, false);
    await quiet(installed.broker);
    const after = await look();
    expect(changed(before.documents, after.documents)).toEqual([]);
    expect([after.facts, after.calls]).toEqual([before.facts, before.calls]);
  }, 300_000);

  it('a changed figure of a report is named', async () => {
    const streamId = `report/northwind/${rawId(reports.northwind?.id ?? '')}`;
    const change = (bytes: Buffer): Buffer => {
      const made = decode<ReportMade>(bytes);
      const figures = JSON.parse(Buffer.from(made.figures).toString('utf8')) as {
        figures: { id: string; value: unknown }[];
      };
      const findings = figures.figures.find(({ value }) => typeof value === 'number');
      if (!findings) throw new Error('no figure is a number');
      findings.value = Number(findings.value) + 1;
      const written: ReportMade = { ...made, figures: Buffer.from(JSON.stringify(figures)) };
      return encode(written);
    };
    const restore = await rewriteFact(
      installed.up.stack.mongoUrl,
      'reporting',
      { streamId, type: 'report.made' },
      change,
    );
    const { differences, problems } = await verify('northwind');
    await restore();
    expect(differences.map(({ path }) => path).sort()).toEqual([
      expect.stringMatching(/^figures\..+\.value$/),
      'figuresHash',
    ]);
    expect(problems).toEqual([expect.stringContaining('the bytes of fact')]);
    expect((await verify('northwind')).problems).toEqual([]);
  });

  it('a changed stored byte is named by the chain check', async () => {
    const caseId = rawId(cases.lumiere?.[0]?.id ?? '');
    const streamId = `case/lumiere/${caseId}`;
    const flip = (bytes: Buffer): Buffer => {
      const changed = Buffer.from(bytes);
      changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
      return changed;
    };
    const restore = await rewriteFact(installed.up.stack.mongoUrl, 'cases', { streamId, type: 'case.opened' }, flip);
    expect(await chainProblems(installed, ['lumiere'])).toEqual([
      expect.stringMatching(new RegExp(`^cases ${streamId} 1: the bytes of fact 0 \\(case.opened`)),
    ]);
    await restore();
    expect(await chainProblems(installed, ['lumiere'])).toEqual([]);
  });
});
