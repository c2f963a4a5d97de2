import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseAddNote, CaseOpen, ClusteringPlaceFinding } from '#contracts';
import type { Decider, Typed } from '#libs/model';
import { openLog, openSeal, type BaseConfig } from '#libs/service';
import { openStore, type DecisionRequest, type Seal, type Store } from '#libs/store';
import { keyPair } from '#libs/testing';
import { startStack } from '#stack';
import { caseStream } from '../../../../services/cases/src/domain/case/decider.js';
import { clusteringStream } from '../../../../services/cases/src/domain/clustering/decider.js';
import { findingOf, SYSTEM, THEN } from './states.js';

/** Opening one stream: medians, in ms, of the first request of it that a store hears beside the next ones. */
export interface OpenedStream {
  subject: string;
  facts: number;
  foldedMs: number;
  snapshotMs: number;
  snapshotCpuMs: number;
  /** From a snapshot with 190 facts behind it. */
  behindMs: number;
}

type BenchedDecider = Decider<unknown, Typed, Typed>;
interface BenchedStream {
  subject: string;
  decider: BenchedDecider;
  /** The nth request of a life; each is one fact. */
  request(nth: number): Typed;
  /** One that comes to nothing. */
  nothing: Typed;
}

const ANALYST = { subject: 'ada', side: 'PROVIDER' } as const;
const [AT_ONCE, BEHIND, WARM] = [10, 190, 20];

const open: CaseOpen = {
  type: 'case.open',
  caseId: 'long',
  number: 1_001,
  title: 'A long case',
  description: '',
  severity: 'MEDIUM',
  findings: [findingOf(0, 0)],
  entities: [],
  because: 'it began',
  openedBy: SYSTEM,
};
const note = (text: string): CaseAddNote => ({ type: 'case.add-note', caseId: 'long', text });
const place = (nth: number): ClusteringPlaceFinding => ({
  type: 'clustering.place-finding',
  // Ten findings a host.
  finding: findingOf(nth, Math.floor(nth / 10)),
  groupKey: '',
});

const STREAMS: BenchedStream[] = [
  {
    subject: 'case',
    decider: caseStream as unknown as BenchedDecider,
    request: (nth) => (nth === 0 ? open : note(`Note ${nth}: looked at the host again, nothing new was seen there.`)),
    nothing: note(''),
  },
  { subject: 'clustering', decider: clusteringStream as unknown as BenchedDecider, request: place, nothing: place(0) },
];

let asked = 0;
const asking = (request: Typed): DecisionRequest => ({
  tenant: 'acme',
  requestId: `bench-${(asked += 1)}`,
  request,
  actor: request.type === 'case.add-note' ? ANALYST : SYSTEM,
  roles: ['SERVICE', 'ANALYST'],
  now: THEN,
  settings: undefined,
});

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

type OpenWith = (seal?: Seal) => Promise<Store>;

const write = async (opened: OpenWith, seal: Seal | undefined, stream: BenchedStream, from: number, to: number) => {
  const store = await opened(seal);
  for (let nth = from; nth < to; nth += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, to - nth) }, (_, index) => stream.request(nth + index));
    await store.execute(stream.decider, some.map(asking));
  }
  await store.close();
};

/** What the first request costs more than the next ones. */
const openOnce = async (opened: OpenWith, seal: Seal | undefined, { decider, nothing }: BenchedStream) => {
  const store = await opened(seal);
  // Connections, and what runs for every stream.
  for (let nth = 0; nth < WARM; nth += 1)
    await store.execute(caseStream, [asking({ ...note(''), caseId: `warm-${nth}` } as CaseAddNote) as never]);
  const once = async () => {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    await store.execute(decider, [asking(nothing)]);
    const { user, system } = process.cpuUsage(cpu);
    return { ms: performance.now() - began, cpuMs: (user + system) / 1_000 };
  };
  const first = await once();
  const next = [await once(), await once(), await once(), await once(), await once()];
  await store.close();
  return {
    ms: first.ms - median(next.map(({ ms }) => ms)),
    cpuMs: first.cpuMs - median(next.map(({ cpuMs }) => cpuMs)),
  };
};

const measured = async (opened: OpenWith, seal: Seal | undefined, stream: BenchedStream, runs: number) => {
  const found = [];
  for (let nth = 0; nth < runs; nth += 1) found.push(await openOnce(opened, seal, stream));
  return { ms: median(found.map(({ ms }) => ms)), cpuMs: median(found.map(({ cpuMs }) => cpuMs)) };
};

/** Streams of so many facts in a store of its own. */
export const opening = async (sizes: readonly number[], runs: number): Promise<OpenedStream[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-streams-'));
  const stack = await startStack({ dir });
  const { secret, open: key } = await keyPair('cases');
  const config = { SERVICE_SIGNING_KEY: secret, TRUSTED_KEYS: { keys: [key] } } as unknown as BaseConfig;
  const seal = openSeal(config);
  const found: OpenedStream[] = [];
  try {
    for (const stream of STREAMS)
      for (const facts of sizes) {
        const database = `vigie_bench_${stream.subject}_${facts}`;
        const opened: OpenWith = (one) =>
          openStore({
            url: stack.mongoUrl,
            service: 'cases',
            database,
            log: openLog('bench', 'silent'),
            snapshots: { onOutcome: () => undefined },
            ...(one ? { seal: one } : {}),
          });
        await write(opened, seal, stream, 0, facts);
        const folded = await measured(opened, undefined, stream, runs);
        const snapshot = await measured(opened, seal, stream, runs);
        await write(opened, undefined, stream, facts, facts + BEHIND);
        const behind = await openOnce(opened, seal, stream);
        found.push({
          ...{ subject: stream.subject, facts, foldedMs: folded.ms, snapshotMs: snapshot.ms },
          ...{ snapshotCpuMs: snapshot.cpuMs, behindMs: behind.ms },
        });
      }
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  return found;
};
