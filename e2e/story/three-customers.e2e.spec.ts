import { createHash } from 'node:crypto';
import { WEEK_MS } from '#libs/terms';
import {
  acknowledge,
  agree,
  conclude,
  downloadReport,
  follow,
  type Mailbox,
  type MadeReport,
  makeReport,
  openMailbox,
  publish,
  received,
  seeCases,
  seeHeld,
  setStage,
  type Stage,
  stories,
  takeOn,
  watchContainment,
} from '../../cli/src/index.js';
import { acts } from './acts.js';
import { badInput } from './bad-input/index.js';
import { install, type TestInstallation } from '../support/installation.js';
import { refusals } from './refusals/index.js';
import { effects } from '../support/standins.js';
import type { PlayedStory } from './played-story.js';
import { whatIsStored } from './what-is-stored.js';

const LANGUAGES: Record<string, string> = { northwind: 'EN', lumiere: 'FR', sakura: 'JA' };

let mailbox: Mailbox;
let installed: TestInstallation;
let stage: Stage;
const cases: Record<string, Awaited<ReturnType<typeof seeCases>>> = {};
const reports: Record<string, MadeReport> = {};

beforeAll(async () => {
  mailbox = await openMailbox();
  installed = await install({ smtp: mailbox.url });
  stage = await setStage(installed.up, () => undefined);
}, 180_000);

afterAll(async () => {
  if (installed) expect(await installed.leave()).toEqual([]);
  await mailbox?.stop();
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
  act('COLLABORATE: the time to contain stands still once the question has come by mail', () =>
    seeHeld(stage, 'lumiere'),
  );
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

const story = (): PlayedStory => ({ installed, stage, cases, reports });

describe('refusals', () => refusals(story));
describe('bad input', () => badInput(story));
describe('what is stored', () => whatIsStored(story));
