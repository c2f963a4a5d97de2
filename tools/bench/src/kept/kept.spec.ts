import { readBatch } from '../../../../services/detection/src/telemetry/batch.js';
import { compileRules } from '../../../../services/detection/src/rules/compile-rules.js';
import { HOUR_MS } from '#libs/terms';
import { recordOf } from '../service/records.js';
import { sharesOf, type KeptRun } from './shares.js';
import { MATCHES_EVERYTHING, telemetryOfHosts } from './telemetry.js';

const run = (keeps: boolean, cpuMs: number, doneMs: number): KeptRun => ({
  keeps,
  findings: 3,
  cpuMs,
  publishedMs: doneMs / 2,
  doneMs,
});

it('the speed kept is what is left of the speed without, by the run in the middle', () => {
  const runs = [run(false, 80, 100), run(false, 90, 90), run(false, 70, 500)];
  const keeping = [run(true, 100, 400), run(true, 90, 125), run(true, 900, 80)];
  expect(sharesOf([...runs, ...keeping])).toEqual({
    findings: 3,
    without: { cpuMs: 80, publishedMs: 50, doneMs: 100 },
    keeping: { cpuMs: 100, publishedMs: 63, doneMs: 125 },
    speedKept: { byCpu: 0.8, untilPublished: 0.8, untilKept: 0.8 },
  });
});

it('every event is matched by the rule, and is of a host of its own', async () => {
  const messages = await telemetryOfHosts(401);
  const records = messages.map((message, index) => ({
    ...recordOf('acme', message, index),
    partition: 0,
    offset: String(index),
    timestamp: 0,
  }));
  const events = records.flatMap((record) => readBatch(record).events);
  const { set } = await compileRules([{ path: 'everything.yml', text: MATCHES_EVERYTHING }], HOUR_MS);
  const matched = events.filter(({ native }) => set.match({ logsource: 'windows', native }).length === 1);
  expect(matched).toHaveLength(401);
  expect(new Set(events.map(({ entity }) => entity)).size).toBe(401);
});
