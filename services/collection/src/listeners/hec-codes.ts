import { Refusal } from './refusal.js';

/** What Splunk's HTTP Event Collector answers, by its own codes. */
export const HEC_TEXTS = {
  0: 'Success',
  2: 'Token is required',
  3: 'Invalid authorization',
  4: 'Invalid token',
  5: 'No data',
  6: 'Invalid data format',
  7: 'Incorrect index',
  8: 'Internal server error',
  9: 'Server is busy',
  10: 'Data channel is missing',
  11: 'Invalid data channel',
  12: 'Event field is required',
  13: 'Event field cannot be blank',
  15: 'Error in handling indexed fields',
  17: 'HEC is healthy',
  18: 'HEC is unhealthy, queues are full',
  27: 'Request entity too large',
} as const;
export type HecCode = keyof typeof HEC_TEXTS;

/** A body of Splunk's; `at` is the number of the first event that is wrong, from 0. */
export const hecBody = (code: HecCode, at?: number): object => ({
  text: HEC_TEXTS[code],
  code,
  ...(at === undefined ? {} : { 'invalid-event-number': at }),
});

/** A refusal that has a code of Splunk's. */
export class HecRefusal extends Refusal {
  constructor(
    readonly hecCode: HecCode,
    readonly at?: number,
  ) {
    super(400, `HEC_${hecCode}`, HEC_TEXTS[hecCode]);
  }
}

/** Splunk's code for a refusal of ours; its clients repeat 503 and give up on most others. */
const CODES: Record<string, [status: number, code: HecCode]> = {
  NO_TOKEN: [401, 2],
  BAD_AUTHORIZATION: [401, 3],
  BAD_TOKEN: [403, 4],
  SOURCE_NOT_PERMITTED: [400, 7],
  NAME_A_SOURCE: [400, 7],
  EMPTY: [400, 5],
  BAD_BODY: [400, 6],
  TOO_DEEP: [400, 6],
  UNKNOWN_ENCODING: [415, 6],
  BODY_TOO_LARGE: [413, 27],
  PACKED_TOO_TIGHT: [413, 27],
  TOO_MANY_EVENTS: [413, 27],
  EVENT_TOO_LARGE: [413, 27],
  TOO_FAST: [503, 9],
  BUSY: [503, 9],
  TOO_SLOW: [503, 9],
  UNAVAILABLE: [503, 9],
};

/**
 * A refusal in Splunk's words. What those do not tell (which source, how many bytes) stands beside them in `detail`.
 */
export const hecRefused = (refusal: Refusal): { status: number; body: object } => {
  if (refusal instanceof HecRefusal) return { status: refusal.status, body: hecBody(refusal.hecCode, refusal.at) };
  const [status, code] = CODES[refusal.code] ?? [refusal.status, refusal.status < 500 ? 6 : 8];
  return { status, body: { ...hecBody(code as HecCode), detail: refusal.message } };
};
