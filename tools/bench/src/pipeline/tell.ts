import { print, table } from '../../../../cli/src/terminal/index.js';
import type { PipelineFigures } from './measure-pipeline.js';
import type { SelfTime } from './self-time.js';

const timesOf = (what: string, times: readonly SelfTime[]): string =>
  table(
    [what, '% of its time'],
    times.map(({ name, percent }) => [name, percent]),
  );

const speedsOf = ({ pipeline, floor, ratio, ratioOfCpu }: PipelineFigures): string =>
  table(
    ['', 'events/s', 'CPU µs an event'],
    [
      ['pipeline', pipeline.eventsPerSecond, pipeline.cpuMicrosInAll],
      ...(floor
        ? [
            ['floor', floor.eventsPerSecond, floor.cpuMicrosInAll],
            ['pipeline / floor, floor / pipeline', ratio ?? null, ratioOfCpu ?? null],
          ]
        : []),
    ],
  );

const processesOf = ({ pipeline: { cpuMicros, cpuMicrosBeyondIdle, rssMb }, idle }: PipelineFigures): string =>
  table(
    ['process', 'CPU µs an event', 'MB', ...(idle ? ['beyond idle', 'idle, % of a core'] : [])],
    [...new Set([...Object.keys(cpuMicros), ...Object.keys(rssMb)])].map((name) => [
      name,
      cpuMicros[name] ?? null,
      rssMb[name] ?? null,
      ...(idle ? [cpuMicrosBeyondIdle?.[name] ?? null, idle.percent[name] ?? null] : []),
    ]),
  );

/** The figures as tables. */
export const tell = (found: PipelineFigures): void => {
  const { delays = [], profiles = {}, idle, needles, lake } = found;
  if (!found.waitedForAll)
    print('sending took more than 10 s: what should have waited began earlier; take fewer events');
  print(speedsOf(found));
  print(processesOf(found));
  for (const { rate, sentPerSecond, p50Ms, p99Ms, needles: count } of delays)
    print(`${rate} events a second (${sentPerSecond} sent): p50 ${p50Ms} ms, p99 ${p99Ms} ms of ${count} needles`);
  for (const [service, { functions, files }] of Object.entries(profiles)) {
    print(timesOf(`${service}: file`, files));
    print(timesOf(`${service}: function`, functions));
  }
  if (idle)
    print(
      `idle: services ${idle.servicesPercent} %, broker ${idle.brokerPercent} %, store ${idle.storePercent} % of a core; ${idle.consumerGroups} consumer groups`,
    );
  print(
    `needles: ${needles.sent} sent, ${needles.found} found, ${needles.kept} in the lake; ${lake.sent} events sent, ${lake.events} in the lake`,
  );
};
