/** Webhooks: tenant and source are those of the registered hook; nothing of the body is looked at before its signature. */
import type { IncomingHttpHeaders } from 'node:http';
import type { BodyFacts, DoorAnswer } from './body-format.js';
import type { RequestAllotment } from './byte-budget.js';
import { hookFormat } from './hook-bodies.js';
import type { Hook } from './hook-secrets.js';
import { signedBy, TOLERANCE_MS, type SignedRequest } from './hook-signatures.js';
import { checkPace, storedBody, type IntakePorts } from './intake.js';
import { Refusal } from './refusal.js';

/** Requests that are remembered, so that none is taken twice while its time is good. */
const MOST_REMEMBERED = 100_000;

/** One sentence for a hook that there is not, and for a signature that is not its: nobody learns which. */
export const notSigned = (): Refusal =>
  new Refusal(
    401,
    'NOT_SIGNED',
    'There is no such webhook, or this request is not signed with its key, or not lately.',
  );

/** What was taken lately, by hook and what names a request of it. */
export class TakenHooks {
  private readonly taken = new Map<string, number>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(private readonly now: () => number) {}

  /**
   * Takes what is named so, unless it was taken. While another takes it he is waited for: what he could not take is
   * not taken here either, with his error, and is sent again.
   * @returns undefined when it was taken before.
   */
  async once<Answer>(key: string, take: () => Promise<Answer>): Promise<Answer | undefined> {
    const other = this.underWay.get(key);
    if (other) {
      await other;
      return undefined;
    }
    if (this.has(key)) return undefined;
    const taking = take();
    this.underWay.set(key, taking);
    try {
      const answer = await taking;
      this.add(key);
      return answer;
    } finally {
      this.underWay.delete(key);
    }
  }

  private has(key: string): boolean {
    return (this.taken.get(key) ?? -Infinity) > this.now() - 2 * TOLERANCE_MS;
  }

  private add(key: string): void {
    this.taken.set(key, this.now());
    for (const [oldest, at] of this.taken) {
      if (this.taken.size <= MOST_REMEMBERED && at > this.now() - 2 * TOLERANCE_MS) break;
      this.taken.delete(oldest);
    }
  }
}

/** A request to a registered hook. */
export interface HookRequest {
  tenant: string;
  id: string;
  hook: Hook;
  headers: IncomingHttpHeaders;
  facts: BodyFacts;
}

const CHALLENGE = /^[\x21-\x7e]{1,512}$/;

/** What Okta asks once, before it sends anything. @throws Refusal 401 */
export const challengeAnswer = (hook: Hook | undefined, headers: IncomingHttpHeaders): DoorAnswer => {
  const said = headers['x-okta-verification-challenge'];
  if (hook?.scheme !== 'okta' || typeof said !== 'string' || !CHALLENGE.test(said)) throw notSigned();
  return { status: 200, body: { verification: said } };
};

/** @param nowMs epoch ms. @throws Refusal 401 when it is not signed, and then nothing of it is taken. */
export const checkSigned = ({ hook, headers }: HookRequest, body: Buffer, nowMs: number): SignedRequest => {
  const signed = signedBy(hook, headers, body, nowMs);
  if (!signed) throw notSigned();
  return signed;
};

/** Takes what is signed. */
export const takeHook = async (
  ports: IntakePorts,
  taken: TakenHooks,
  { tenant, id, hook, headers, facts }: HookRequest,
  { signed, body, held }: { signed: SignedRequest; body: Buffer; held: RequestAllotment },
): Promise<DoorAnswer> => {
  const { source } = hook;
  checkPace(ports, { tenant, subject: `hooks/${id}` });
  if (hook.scheme === 'github' && headers['x-github-event'] === 'ping') return { status: 200, body: { accepted: 0 } };
  if (!ports.sourcesOf(tenant)?.includes(source))
    throw new Refusal(403, 'SOURCE_NOT_PERMITTED', `The source ${source} of this webhook is not registered.`);
  const format = hookFormat(hook, headers);
  const store = async (): Promise<DoorAnswer> => {
    const what = await storedBody(ports, { tenant, source }, { format, facts, held }, body);
    return format.taken({ ...what, bytes: body.length }, facts);
  };
  if (signed.replayKey === undefined) return store();
  const answer = await taken.once(`${tenant} ${id} ${signed.replayKey}`, store);
  // Whoever sends again had no answer; whoever replays gets the same.
  return answer ?? { status: 200, body: { accepted: 0, duplicate: true } };
};
