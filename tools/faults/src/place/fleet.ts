import { environmentOf, type RunningInstallation } from '../../../../cli/src/index.js';
import { freePorts } from '#stack';
import type { ReplicaName } from '../plan/kinds.js';
import { nameOf, Replica } from './replica.js';

/** What a replica listens on; the first one has the installation's own addresses. */
const LISTENING = ['HEALTH_PORT', 'HTTP_PORT', 'OTLP_GRPC_PORT'] as const;

/** A service that ended although nobody ended it, as it does where broker or store are gone for long. */
export interface OwnEnd {
  replica: string;
  code: number | null;
  at: number;
}

/** The replicas of all services as processes, and an orchestrator that starts again what ends by itself. */
export interface Fleet {
  names: readonly ReplicaName[];
  /** Ends by themselves, in order. */
  ended: readonly OwnEnd[];
  /** Starts it and waits until it is ready. @param more of its environment. */
  start(name: ReplicaName, more?: Record<string, string>): Promise<void>;
  /**
   * Starts it to end by itself.
   * @returns whether it has, so long after it was ready at most; it stays away until it is started.
   */
  dies(name: ReplicaName, more: Record<string, string>, withinMs: number): Promise<boolean>;
  ready(name: ReplicaName): Promise<void>;
  /** kill -9; it stays away until it is started. */
  kill(name: ReplicaName): Promise<void>;
  /** SIGTERM; it stays away until it is started. */
  leave(name: ReplicaName): Promise<void>;
  signal(name: ReplicaName, signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends all of them. */
  stop(): Promise<void>;
}

/** What is free now and given to somebody who has not started yet is nobody else's: asked for at once, without those. */
const portsOf = async (
  names: readonly ReplicaName[],
  given: ReadonlySet<string>,
): Promise<Record<string, string>[]> => {
  const free = await freePorts(LISTENING.length * names.length + given.size);
  const ports = free.filter((port) => !given.has(String(port)));
  return names.map(({ replica }, at) =>
    Object.fromEntries(
      replica === 1 ? [] : LISTENING.map((name, index) => [name, String(ports[at * LISTENING.length + index])]),
    ),
  );
};

/** @param say is told of each service that ended by itself. */
export const openFleet = async (
  { installation, stack }: RunningInstallation,
  names: readonly ReplicaName[],
  say: (line: string) => void,
): Promise<Fleet> => {
  const ended: OwnEnd[] = [];
  const replicas = new Map<string, Replica>();
  const own = names.map(({ service }) => environmentOf(installation, stack, service));
  const given = new Set(own.flatMap((one) => LISTENING.flatMap((port) => one[port] ?? [])));
  const ports = await portsOf(names, given);
  for (const [index, name] of names.entries()) {
    const replica = nameOf(name);
    const onEnd = (code: number | null): void => {
      ended.push({ replica, code, at: Date.now() });
      say(`  ${replica} ended by itself (${code ?? 'by a signal'}): started again`);
    };
    const environment = { ...own[index], ...ports[index] };
    replicas.set(replica, new Replica({ name, dir: installation.dir, environment, onEnd }));
  }
  const of = (name: ReplicaName): Replica => replicas.get(nameOf(name)) as Replica;
  return {
    names,
    ended,
    ready: (name) => of(name).ready(),
    start: (name, more) => of(name).start(more),
    dies: (name, more, withinMs) => of(name).dies(more, withinMs),
    kill: (name) => of(name).away('SIGKILL'),
    leave: (name) => of(name).away('SIGTERM'),
    signal: (name, signal) => of(name).signal(signal),
    stop: async () => void (await Promise.all([...replicas.values()].map((one) => one.away('SIGTERM')))),
  };
};
