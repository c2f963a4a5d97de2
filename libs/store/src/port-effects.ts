import type { Envelope, Heard } from '#libs/model';

/** What an effect is to do. */
export interface NotedEffect {
  effect: string;
  heard: Heard;
  /** Epoch ms; it has its turn from then on, at once when absent. */
  dueAt?: number;
}

/** An effect whose turn it is. */
export interface EffectTurn {
  id: string;
  tenant: string;
  effect: string;
  envelope: Envelope;
  bytes: Buffer;
  /** 1 for the first. */
  attempt: number;
  /** An earlier attempt began, and may have acted. */
  resumed: boolean;
  /** Of this taking: once somebody else has taken it, nothing that is said of it by an earlier one counts. */
  fence: number;
}

/** Which taking of an effect somebody speaks of. */
export type TakenEffect = Pick<EffectTurn, 'id' | 'fence'>;

export type ParkedKind = 'STREAM' | 'DOCUMENT' | 'EFFECT' | 'TIMER' | 'READING';

/** Something of one tenant that waits for somebody, while everything else goes on. */
export interface Parked {
  kind: ParkedKind;
  /** Stream id; `<view>/<tenant>/<key>`; effect; id of the held request; `<loop>/<stream id>`. */
  id: string;
  tenant: string;
  reason: string;
  /** Epoch ms. */
  since: number;
}
