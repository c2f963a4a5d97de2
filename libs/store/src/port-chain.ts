import type { AnchorMade } from '#contracts';
import type { Actor, Decider, Envelope, Typed } from '#libs/model';

type SealedKind = 'anchor' | 'archive' | 'erasure' | 'retention' | 'snapshot';

/** The service's signature. `kind` keeps statements of one kind from being taken for another's. */
export interface Seal {
  /** @returns a compact JWS. @throws Fault for whoever holds no key. */
  sign(kind: SealedKind, statement: object): Promise<string>;
  /** @returns the statement; undefined when it is not one of this kind that this service signed. */
  open(kind: SealedKind, service: string, signature: string): Promise<object | undefined>;
}

/** What the chain check found; problem is a sentence naming what was changed. */
export interface CommitProblem {
  streamId: string;
  version: number;
  problem: string;
}

/** What is erased of a tenant, by whom and why. With neither subjects nor streams: everything. */
export interface Erasure {
  by: Actor;
  reason: string;
  /** Commits made until then are erased. */
  now: number;
  subjects?: readonly string[];
  streams?: readonly string[];
  /** Backups that still hold it, each with the day it ends (yyyy-mm-dd). */
  backups: readonly { name: string; endsOn: string }[];
}

/** An anchor as it was signed; see the contract `anchor.made`. */
export type Anchor = Omit<AnchorMade, 'type' | 'signature'> & { tenant: string };
export interface SignedAnchor extends Anchor {
  signature: string;
}

/** What is looked at by `ChainOfStore.verify`. */
export interface ChainQuery {
  /** Only these streams, and the anchors of their subjects. */
  streams?: readonly string[];
  /** Signatures of anchors of this service that others kept, with where: "Kafka", a file's name. */
  witnesses?: readonly { from: string; signature: string }[];
  /** Of the service's streams: states that were kept are held against what their facts amount to. */
  deciders?: readonly Decider<unknown, Typed, Typed>[];
  /** Called now and then. */
  progress?(seen: { streams: number; commits: number }): void;
}
export interface ChainReport {
  problems: CommitProblem[];
  /** More than are listed. */
  more: number;
  streams: number;
  commits: number;
  anchors: number;
  /** Kept states that were looked at. */
  snapshots: number;
  /** Files of archived commits that were looked at. */
  archived: number;
  /** Epoch ms of the last anchor; absent when there is none. */
  lastAnchorAt?: number;
}

/** The proof of what was kept: anchors, and the check of everything against them. */
export interface ChainOfStore {
  /** Every tenant there are commits of. */
  tenants(): AsyncIterable<string>;
  /** Makes the anchors of this day (UTC) that are not there yet, of one tenant at a time. @returns those made. */
  makeAnchors(now: number, stopping?: () => boolean): AsyncIterable<SignedAnchor>;
  /** Anchors kept of a tenant. */
  anchors(tenant: string): AsyncIterable<SignedAnchor>;
  verify(tenant: string, query?: ChainQuery): Promise<ChainReport>;
  /**
   * Compares what Kafka carries of a tenant's facts, said by this service, with what is kept. Those of no stream are
   * passed over.
   */
  compare(tenant: string, carried: readonly { envelope: Envelope; bytes: Buffer }[]): Promise<CommitProblem[]>;
}
