/** Pulls one source step by step, in virtual time: appends and facts as they would be, and crashes in between. */
import type { PullFact, PullRequest, PullSettings } from '#contracts';
import { pullAfter, type PullFold } from '#libs/terms';
import { SecretMissing } from '#libs/outbound';
import { testContext } from '#libs/testing';
import { pullStream } from '../../src/domain/pull/decider.js';
import { openFolders } from '../../src/effects/pulls/folders.js';
import { SourcePull } from '../../src/effects/pulls/pull.js';
import { pullers } from '../../src/pulls/index.js';

export const PULLED_AT = Date.UTC(2026, 10, 2, 9);

interface PulledFrom {
  settings: Partial<PullSettings> & Pick<PullSettings, 'vendor' | 'baseUrl'>;
  since?: number;
  secret?: string;
  /** Besides that of the base address. */
  origins?: string[];
}

export class Pulled {
  readonly appended: string[] = [];
  /** Of these, what is appended as lines in envelopes. */
  readonly enveloped: string[] = [];
  readonly facts: PullFact[] = [];
  clock = PULLED_AT;
  secret: string | undefined;
  /** What is asked is lost from now on, as in a crash. */
  isLost = false;
  /** The installation's folders, by tenant and name; ours is `acme`. */
  folders = new Map<string, string>();
  private fold: PullFold | undefined;
  private pull: SourcePull;
  private run = 1;

  constructor(private readonly from: PulledFrom) {
    this.secret = from.secret ?? 'secret';
    const settings = { account: '', secretRef: 'pulled', include: [], ...from.settings };
    const at = this.clock;
    this.tell({
      type: 'pull.configured',
      source: 'log',
      settings,
      since: from.since ?? null,
      by: testContext.actor,
      at,
    });
    this.pull = this.open();
  }

  private tell(fact: PullFact): void {
    this.facts.push(fact);
    this.fold = pullAfter(this.fold, fact);
  }

  private asked(request: PullRequest): void {
    if (this.isLost) return;
    for (const fact of pullStream.decide(request, this.fold, { ...testContext, now: this.clock, settings: undefined }))
      this.tell(fact);
  }

  private open(): SourcePull {
    this.asked({ type: 'pull.begin', source: 'log', run: this.run });
    const puller = pullers.find(({ vendor }) => vendor === this.from.settings.vendor);
    if (!puller || !this.fold) throw new Error('nothing is pulled');
    return new SourcePull(puller, this.fold, this.run, {
      secret: () => {
        if (this.secret === undefined) throw new SecretMissing('no secret');
        return {
          secret: this.secret,
          origins: [new URL(this.from.settings.baseUrl).origin, ...(this.from.origins ?? [])],
        };
      },
      folder: (url) => openFolders(this.folders, () => this.clock)('acme')(url),
      allow: ['127.0.0.1'],
      now: () => this.clock,
      append: async (events, enveloped) => {
        for (const event of events) {
          this.appended.push(String(event));
          if (enveloped) this.enveloped.push(String(event));
        }
      },
      ask: async (request) => this.asked(request),
    });
  }

  /** One turn, when it is due: at once if need be. */
  async step(): Promise<boolean> {
    this.clock = Math.max(this.clock, this.pull.nextAt);
    return this.pull.step(new AbortController().signal);
  }

  /** Until the vendor has no more for now. */
  async all(most = 200): Promise<this> {
    for (let steps = 0; steps < most; steps += 1) if (!(await this.step())) return this;
    throw new Error('it does not end');
  }

  /** Begins anew from what facts say. */
  restart(): this {
    this.isLost = false;
    this.run += 1;
    this.pull = this.open();
    return this;
  }

  /** The latest fact of a type. */
  last<Type extends PullFact['type']>(type: Type): Extract<PullFact, { type: Type }> | undefined {
    return this.facts.filter((fact): fact is Extract<PullFact, { type: Type }> => fact.type === type).at(-1);
  }
}

/** What came more than once, and how often beyond once. */
export const repeatedIn = (lines: readonly string[]): number => lines.length - new Set(lines).size;
