import { round } from '../figures.js';
import type { FloorRound } from './floor.js';
import type { IdleUse } from './idle.js';
import type { PipelineRound } from './pipeline-round.js';

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

/** CPU of an event by process, µs; what takes less than a tenth of one is left out. */
export const cpuMicros = (
  rounds: readonly { events: number; cpuMs: Record<string, number> }[],
): Record<string, number> => {
  const events = sum(rounds, (one) => one.events);
  const names = Object.keys(rounds[0]?.cpuMs ?? {});
  const micros = names.map(
    (name) => [name, round((sum(rounds, ({ cpuMs }) => cpuMs[name] ?? 0) * 1_000) / events, 1)] as const,
  );
  return Object.fromEntries(micros.filter(([, one]) => one >= 0.1).sort(([, a], [, b]) => b - a));
};

const total = (micros: Record<string, number>): number =>
  round(
    sum(Object.values(micros), (one) => one),
    1,
  );
const rate = (events: number, ms: number): number => Math.round((events * 1_000) / ms);

/** The floor, and what of it the pipeline reaches; nothing where it was not measured. */
const besideFloor = (floor: readonly FloorRound[], perSecond: number, cpu: Record<string, number>) => {
  if (floor.length === 0) return {};
  const floorCpu = cpuMicros(floor);
  const eventsPerSecond = rate(
    sum(floor, (one) => one.events),
    sum(floor, (one) => one.ms),
  );
  return {
    floor: { eventsPerSecond, cpuMicrosInAll: total(floorCpu), cpuMicros: floorCpu },
    ratio: round(perSecond / eventsPerSecond, 3),
    /** What both take of the processors: a busy machine distorts it less. */
    ratioOfCpu: round(total(floorCpu) / total(cpu), 3),
  };
};

/** What is left of CPU without what the processes take when nothing comes: on a busy machine, where all lasts longer. */
const beyondIdle = (rounds: readonly PipelineRound[], { percent }: Pick<IdleUse, 'percent'>): Record<string, number> =>
  cpuMicros(
    rounds.map(({ events, cpuMs, elapsedMs }) => ({
      events,
      cpuMs: Object.fromEntries(
        Object.entries(cpuMs).map(([name, ms]) => [name, Math.max(0, ms - (elapsedMs * (percent[name] ?? 0)) / 100)]),
      ),
    })),
  );

/** Rounds of both, in turn, to what they say together: all events over all the time. */
export const figuresOf = (
  pipeline: readonly PipelineRound[],
  floor: readonly FloorRound[],
  resting?: Pick<IdleUse, 'percent'>,
) => {
  const events = sum(pipeline, (one) => one.events);
  const ms = sum(pipeline, ({ untilFoundMs, untilKeptMs }) => Math.max(untilFoundMs, untilKeptMs));
  const cpu = cpuMicros(pipeline);
  const perSecond = rate(events, ms);
  const net = resting && beyondIdle(pipeline, resting);
  return {
    pipeline: {
      eventsPerSecond: perSecond,
      untilFoundPerSecond: rate(
        events,
        sum(pipeline, ({ untilFoundMs }) => untilFoundMs),
      ),
      untilKeptPerSecond: rate(
        events,
        sum(pipeline, ({ untilKeptMs }) => untilKeptMs),
      ),
      cpuMicrosInAll: total(cpu),
      cpuMicros: cpu,
      ...(net ? { cpuMicrosBeyondIdleInAll: total(net), cpuMicrosBeyondIdle: net } : {}),
    },
    ...besideFloor(floor, perSecond, net ?? cpu),
  };
};
