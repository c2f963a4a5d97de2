/** One tenant as its shipper sees the product: it posts events, and asks its receipts what became of them. */
import { Fault } from '#libs/model';
import { shownAt, shownBy, type Acknowledged, type CountedEvents, type ShownRange } from './figures.js';

/** An answer that does not come: whether the events were taken is not known. */
const PATIENCE_MS = 60_000;
const PAGE = 500;

interface AnsweredReceipts {
  receipts: ShownRange[];
  cursor: string;
  more: boolean;
}

/** Where a tenant sends, and as whom. */
export interface TenantAccess {
  /** Of the listener. */
  url: string;
  source: string;
  token: string;
}

/** Of requests: what became of them. */
export interface SentRequests {
  taken: number;
  /** Told to come again: 429 or 503. */
  refused: number;
  /** Without an answer, or with another. */
  failed: number;
}

export class TenantDoor implements CountedEvents {
  acknowledged = 0;
  shown = 0;
  readonly requests: SentRequests = { taken: 0, refused: 0, failed: 0 };
  /** How long the door took to acknowledge, and until the receipts showed it; ms, since they were last asked for. */
  private acknowledgedIn: number[] = [];
  private shownIn: number[] = [];
  private waiting: Acknowledged[] = [];

  constructor(private readonly access: TenantAccess) {}

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.access.token}` };
  }

  /** @returns whether the events were acknowledged. */
  async post(body: string, events: number): Promise<boolean> {
    const { url, source } = this.access;
    const from = performance.now();
    try {
      const { status, ...answer } = await fetch(`${url}/v1/ingest/${source}`, {
        method: 'POST',
        headers: { ...this.headers, 'content-type': 'application/x-ndjson' },
        body,
        signal: AbortSignal.timeout(PATIENCE_MS),
      }).then(async (one) => ({ status: one.status, text: await one.text() }));
      if (status !== 202) {
        if (status === 429 || status === 503) this.requests.refused += 1;
        else throw new Fault(`answered ${status}: ${answer.text.slice(0, 200)}`);
        return false;
      }
    } catch {
      this.requests.failed += 1;
      return false;
    }
    const now = performance.now();
    this.requests.taken += 1;
    this.acknowledged += events;
    this.acknowledgedIn.push(now - from);
    this.waiting.push({ sum: this.acknowledged, at: now });
    return true;
  }

  /** Asks the receipts how far they are. A question that is not answered is asked again with the next look. */
  async look(): Promise<void> {
    const { url, source } = this.access;
    const receipts: ShownRange[] = [];
    for (let cursor = '', more = true; more; ) {
      const asked = `${url}/v1/receipts/${source}?limit=${PAGE}&after=${cursor}`;
      const answer = await fetch(asked, { headers: this.headers, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
        () => undefined,
      );
      if (!answer?.ok) return void (await answer?.text());
      const page = (await answer.json()) as AnsweredReceipts;
      receipts.push(...page.receipts);
      [cursor, more] = [page.cursor, page.more];
    }
    this.shown = Math.max(this.shown, shownBy(receipts));
    const { tookMs, waiting } = shownAt(this.waiting, this.shown, performance.now());
    this.shownIn.push(...tookMs);
    this.waiting = waiting;
  }

  /** What was measured since this was last asked. */
  measured(): { acknowledgedIn: number[]; shownIn: number[] } {
    const { acknowledgedIn, shownIn } = this;
    [this.acknowledgedIn, this.shownIn] = [[], []];
    return { acknowledgedIn, shownIn };
  }
}
