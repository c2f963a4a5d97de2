import type { AnyRequest } from '#contracts';
import type { ShownIn } from './shown-in.js';

/** What a person asks of the service that decides it. */
export interface PersonRequest {
  requestId: string;
  /** Whose it is; `_operator` for what concerns no single tenant. */
  tenant: string;
  /** Tenants it names; `tenant` when none. */
  at?: readonly string[];
  request: AnyRequest;
  basedOn?: number | null;
  /** With a mutation id: what the arguments want. */
  wanted?: string;
  /** Node id of what is made or changed, where it is known before. */
  id?: string;
  /** Where people see what it changed. */
  shownIn: ShownIn;
}
/** What came of a mutation. */
export interface MutationOutcome {
  ok: boolean;
  code: string;
  message: string;
  requestId: string;
  streamId: string | null;
  id: string | null;
}

export const refusal = (code: string, message: string, requestId: string): MutationOutcome => ({
  ok: false,
  code,
  message,
  requestId,
  streamId: null,
  id: null,
});
