import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentOf, type RunningInstallation } from '../../../../cli/src/index.js';
import { freePorts } from '#stack';
import type { ServiceName } from '#libs/terms';
import type { ReplicaName } from '../plan/kinds.js';
import { nameOf, Replica } from './replica.js';

/** What a replica listens on; the first one has the installation's own addresses. */
const LISTENING = ['HEALTH_PORT', 'HTTP_PORT', 'OTLP_GRPC_PORT'] as const;

const PRELOAD = 'tools/faults/preload/crash-point.cjs';

/** A service that ended although nobody ended it, as it does where broker or store are gone for long. */
export interface OwnEnd {
  name: ReplicaName;
  replica: string;
  /** Absent: by a signal. */
  code: number | null;
  /** It was told where to end. */
  isMeant?: boolean;
  at: number;
}

/** The replicas of all services as processes, and an orchestrator that starts again what ends by itself. */
export interface Fleet {
  names: readonly ReplicaName[];
  /** Ends by themselves, in order. */
  ended: readonly OwnEnd[];
  /** More of a service, which have not started yet, until it has `to`. */
  add(service: ServiceName, to: number): Promise<ReplicaName[]>;
  /** Starts it and waits until it is ready. @param more of its environment. */
  start(name: ReplicaName, more?: Record<string, string>): Promise<void>;
  /** Where a replica of that service is to end by itself, see preload/crash-point.cjs. @returns what takes it back */
  arm(service: ServiceName, point: string): () => void;
  ready(name: ReplicaName): Promise<void>;
  /** kill -9; it stays away until it is started. */
  kill(name: ReplicaName): Promise<void>;
  /** SIGTERM; it stays away until it is started. */
  leave(name: ReplicaName): Promise<void>;
  signal(name: ReplicaName, signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends all of them. */
  stop(): Promise<void>;
}

/** What is free now and given to somebody who has not started, or is away, is nobody else's. */
const portsOf = async ({ replica }: ReplicaName, given: Set<string>): Promise<Record<string, string>> => {
  if (replica === 1) return {};
  const free = (await freePorts(LISTENING.length + given.size)).map(String).filter((port) => !given.has(port));
  return Object.fromEntries(
    LISTENING.map((name, index) => {
      const port = free[index] as string;
      given.add(port);
      return [name, port];
    }),
  );
};

/** @param say is told of each service that ended by itself. */
export const openFleet = async (
  { installation, stack }: RunningInstallation,
  first: readonly ReplicaName[],
  say: (line: string) => void,
): Promise<Fleet> => {
  const ended: OwnEnd[] = [];
  const names: ReplicaName[] = [];
  const replicas = new Map<string, Replica>();
  const ownOf = ({ service }: ReplicaName): Record<string, string> => environmentOf(installation, stack, service);
  const given = new Set(first.flatMap((name) => LISTENING.flatMap((port) => ownOf(name)[port] ?? [])));
  const armedBy = (service: ServiceName): string => join(installation.dir, `crash-${service}`);
  const enter = async (name: ReplicaName): Promise<void> => {
    const replica = nameOf(name);
    const onEnd = (code: number | null): void => {
      ended.push({ name, replica, code, at: Date.now() });
      say(`  ${replica} ended by itself (${code ?? 'by a signal'}): started again`);
    };
    const environment = {
      ...{ ...ownOf(name), ...(await portsOf(name, given)) },
      ...{ NODE_OPTIONS: `--require ${resolve(PRELOAD)}`, VIGIE_FAULTS_CRASH: armedBy(name.service) },
    };
    replicas.set(replica, new Replica({ name, dir: installation.dir, environment, onEnd }));
    names.push(name);
  };
  for (const name of first) await enter(name);
  const of = (name: ReplicaName): Replica => replicas.get(nameOf(name)) as Replica;
  return {
    names,
    ended,
    add: async (service, to) => {
      const from = names.filter((name) => name.service === service).length;
      const more = Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ service, replica: from + at + 1 }));
      for (const name of more) await enter(name);
      return more;
    },
    ready: (name) => of(name).ready(),
    start: (name, more) => of(name).start(more),
    arm: (service, point) => {
      writeFileSync(armedBy(service), point);
      return () => rmSync(armedBy(service), { force: true });
    },
    kill: (name) => of(name).away('SIGKILL'),
    leave: (name) => of(name).away('SIGTERM'),
    signal: (name, signal) => of(name).signal(signal),
    stop: async () => void (await Promise.all([...replicas.values()].map((one) => one.away('SIGTERM')))),
  };
};
