import type { FindingRaised } from '#contracts';
import { encode } from '#libs/events';
import type { Heard } from '#libs/model';
import { openLog } from '#libs/service';
import { openStore, type FactToKeep } from '#libs/store';
import { heard } from '#libs/testing';
import type { Stack } from '#stack';
import { adminBroker, rebuildViews } from '../../../../cli/src/index.js';
import { lifeOf, type LongLife } from './life.js';

/** Every view of every service, built anew in a process of its own. */
export interface RebuildMeasured {
  ms: number;
  cpuMs: number;
  rssMb: number;
}

const COMMIT = 500;

/** Of each finding. */
const REPEATED = 39;

const repeatsOf = ({ envelope, message }: Heard<FindingRaised>): Heard[] =>
  Array.from({ length: REPEATED }, (_, nth) => {
    const at = envelope.time + (nth + 1) * 60_000;
    const { findingId } = message;
    return heard({ type: 'finding.repeated', findingId, count: nth + 2, lastOccurredAt: at, at } as never, {
      ...{ tenant: envelope.tenant, time: at },
    });
  });

function* repeated(life: LongLife): Generator<Heard> {
  for (const told of lifeOf(life))
    for (const raised of told.filter(({ message }) => message.type === 'finding.raised') as Heard<FindingRaised>[])
      yield* [raised, ...repeatsOf(raised)];
}

/** Findings of a life, each of which was repeated, as detection keeps them. @returns how many facts */
export const keepFindings = async (url: string, life: LongLife): Promise<number> => {
  const store = await openStore({ url, service: 'detection', log: openLog('bench', 'silent') });
  let facts = 0;
  let some: FactToKeep[] = [];
  const keep = async (): Promise<void> => {
    const key = `hour-${Math.floor(facts / (COMMIT * 20))}`;
    await store.keep([{ tenant: life.tenant, subject: 'findings', key, facts: some }], life.to);
    some = [];
  };
  const findings = Math.ceil(life.findings / (REPEATED + 1));
  for (const { envelope, message } of repeated({ ...life, findings, cases: Math.min(life.cases, findings) })) {
    const { sequence: _none, ...rest } = envelope;
    facts += 1;
    some.push({ envelope: { ...rest, id: `fact-${facts}`, source: 'detection' }, bytes: encode(message) });
    if (some.length === COMMIT) await keep();
  }
  if (some.length > 0) await keep();
  await store.close();
  return facts;
};

export const measureRebuild = async (stack: Stack): Promise<RebuildMeasured> => {
  const broker = adminBroker(stack);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await rebuildViews(stack, broker, { check: false, say: (line) => void process.stderr.write(`${line}\n`) });
  const { user, system } = process.cpuUsage(cpu);
  const ms = performance.now() - began;
  await broker.close();
  return { ms, cpuMs: (user + system) / 1_000, rssMb: process.resourceUsage().maxRSS / 1_024 };
};
