/** What came of a mutation. */
export interface Outcome {
  ok: boolean;
  code: string;
  message: string;
  requestId: string;
  streamId: string | null;
  id: string | null;
}

export const refusal = (code: string, message: string, requestId: string): Outcome => ({ ok: false, code, message, requestId, streamId: null, id: null });
