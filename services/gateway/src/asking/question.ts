import type { Typed } from '#libs/model';

/** A request to the service that decides it. */
export interface Question {
  requestId: string;
  /** Whose it is; `_operator` for what concerns no single tenant. */
  tenant: string;
  /** Tenants it names; `tenant` when none. */
  at?: readonly string[];
  request: Typed;
  basedOn?: number | null;
  /** With a mutation id: what the arguments want. */
  wanted?: string;
  /** Node id of what is made or changed, where it is known before. */
  id?: string;
}
/** What came of a mutation. */
export interface Outcome {
  ok: boolean;
  code: string;
  message: string;
  requestId: string;
  streamId: string | null;
  id: string | null;
}

export const refusal = (code: string, message: string, requestId: string): Outcome => ({
  ok: false,
  code,
  message,
  requestId,
  streamId: null,
  id: null,
});
