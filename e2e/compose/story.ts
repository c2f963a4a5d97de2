import { WEEK_MS } from '#libs/terms';
import {
  acknowledge,
  agree,
  conclude,
  downloadReport,
  follow,
  makeReport,
  publish,
  received,
  seeCases,
  type Stage,
  stories,
  takeOn,
  watchContainment,
} from '../../cli/src/index.js';
import type { ActsOfRun } from './acts.js';
import { doneAtVendors } from './outside.js';
import type { ComposeProject } from './project.js';

/** @throws Error when a vendor was asked the same twice, or nothing was done. */
const actedOnce = async (project: ComposeProject): Promise<string> => {
  const done = await doneAtVendors(project);
  if (done.length === 0) throw new Error('nothing was done at the vendors');
  if (new Set(done).size !== done.length) throw new Error(`done more than once: ${done.join(', ')}`);
  return `${done.length} times`;
};

const reportOn = async (stage: Stage, tenant: string): Promise<string> => {
  const to = Date.now();
  const period = { from: new Date(to - WEEK_MS).toISOString(), to: new Date(to).toISOString() };
  const report = await makeReport(stage.analyst, { tenantId: tenant, kind: 'WEEKLY', ...period });
  const pdf = await downloadReport(stage.up, report.pdfUrl);
  if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error('it is no PDF');
  return `${pdf.length} bytes`;
};

/** The demo's story of three customers, told to an installation in containers. */
export const tellStory = async (
  { act }: ActsOfRun,
  { project, stage }: { project: () => ComposeProject; stage: () => Stage },
): Promise<void> => {
  const cases: Record<string, Awaited<ReturnType<typeof seeCases>>> = {};
  await act('three customers come on board', () => takeOn(stage(), stories));
  await act('every event of theirs is received', async () => {
    const sent = await publish(stage(), stories, Date.now());
    for (const { tenant } of stories) await received(stage(), tenant, sent[tenant] ?? 0);
    return `${Object.values(sent).reduce((sum, one) => sum + one, 0)} events`;
  });
  await act('findings become cases', async () => {
    for (const { tenant } of stories) {
      cases[tenant] = await seeCases(stage(), tenant);
      await acknowledge(stage(), cases[tenant], 'Is this expected?');
    }
  });
  await act('AUTHORIZE: hosts are isolated and seen to be', () => watchContainment(stage(), 'northwind'));
  await act('COLLABORATE: an account is suspended once the customer agrees', () => agree(stage(), 'lumiere'));
  await act('NOTIFY: the customer is guided and says what it did', () => follow(stage(), 'sakura'));
  await act('the vendors were asked once for everything', () => actedOnce(project()));
  await act('a second person closes a contained case', async () => {
    const [first] = cases.northwind ?? [];
    if (!first) throw new Error('there is no case');
    const cause = {
      technique: 'T1566.001',
      patientZero: 'wks-014',
      cause: 'A macro.',
      preventableHow: 'Block macros.',
    };
    await conclude(stage(), 'northwind', first, cause, 'Two hosts isolated.');
  });
  for (const { tenant } of stories) await act(`${tenant} has its weekly report`, () => reportOn(stage(), tenant));
};
