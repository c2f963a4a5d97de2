import type { ServiceName } from '#libs/terms';

/** What can happen to a run. */
export const KINDS = {
  kill: 'kill -9 of a replica, and a start',
  stop: 'SIGSTOP of a replica beyond its session, then SIGCONT',
  rebalance: 'a replica leaves in order, and comes back',
  slow: 'a replica that runs a tenth of the time',
  'broker-kill': 'kill -9 of the broker, and a start',
  'broker-stop': 'SIGSTOP of the broker, then SIGCONT',
  'store-kill': 'kill -9 of the store, and a start',
  'store-stop': 'SIGSTOP of the store, then SIGCONT',
  vendor: "a vendor's API that answers 429 or 500, breaks off, is slow or never answers",
  crash: 'the end of a replica just before or after it inserts, publishes, marks, commits or calls a vendor',
  disk: 'a disk that is full: of the lake, the store or the broker',
  clock: 'a replica whose clock is ten minutes off',
  grow: 'a service gets so many replicas as are said, for good',
} as const;
export type FaultKind = keyof typeof KINDS;
export const isFaultKind = (name: string): name is FaultKind => name in KINDS;

/** How often each is drawn of a deck. */
export const DECK: Record<FaultKind, number> = {
  kill: 4,
  stop: 2,
  rebalance: 3,
  slow: 2,
  'broker-kill': 1,
  'broker-stop': 1,
  'store-kill': 1,
  'store-stop': 1,
  vendor: 2,
  crash: 6,
  disk: 1,
  clock: 1,
  grow: 1,
};

/** One replica of a service; the first is 1. */
export interface ReplicaName {
  service: ServiceName;
  replica: number;
}

/** Something that goes wrong while a part of the load is sent. */
export interface PlannedFault {
  /** From 1. */
  number: number;
  kind: FaultKind;
  /** Absent: of what all share. */
  at?: ReplicaName;
  /** What of its kind, such as `cases:publish:before:2` of a crash or `cases:6` of growth. */
  what?: string;
  /** How long it lasts, before whatever was taken away comes back. */
  seconds: number;
}
