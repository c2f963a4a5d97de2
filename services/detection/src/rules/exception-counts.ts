import { randomUUID } from 'node:crypto';
import { Counter } from 'prom-client';
import type { RulesetExceptionAdded, RulesetExceptionApplied } from '#contracts';
import { idOf } from '#libs/model';
import type { ServiceContext } from '#libs/service';

/** How often what an exception has let pass is told. */
export const TELL_EVERY_MS = 60_000;
const COUNTED_AT_MOST = 20_000;

interface ExceptionCount {
  tenant: string;
  exceptionId: string;
  ruleId: string;
  suppressed: number;
  told: number;
  lastAt: number;
  toldAt: number;
}

/** Counts what exceptions let pass, in this run of this replica; a match that is processed again is counted again. */
export interface ExceptionCounts {
  count(tenant: string, exception: RulesetExceptionAdded, ingestedAt: number): void;
  /** Tells what has changed and was not told for a minute; everything when the service ends. */
  tell(everything?: boolean): Promise<void>;
}

const factOf = (
  { exceptionId, ruleId, suppressed, lastAt }: ExceptionCount,
  counter: string,
  at: number,
): RulesetExceptionApplied => ({
  type: 'ruleset.exception-applied',
  exceptionId,
  ruleId,
  counter,
  suppressed,
  lastAt,
  at,
});

const addTo = (
  counts: Map<string, ExceptionCount>,
  tenant: string,
  { exceptionId, ruleId }: RulesetExceptionAdded,
  ingestedAt: number,
): void => {
  const key = `${tenant}/${exceptionId}`;
  const one = counts.get(key) ?? { tenant, exceptionId, ruleId, suppressed: 0, told: 0, lastAt: 0, toldAt: 0 };
  one.suppressed += 1;
  one.lastAt = Math.max(one.lastAt, ingestedAt);
  counts.delete(key);
  counts.set(key, one);
};

/** Beyond the bound, those counted longest ago of which everything was told. */
const forgetTold = (counts: Map<string, ExceptionCount>): void => {
  for (const [key, { suppressed, told }] of counts) {
    if (counts.size <= COUNTED_AT_MOST) break;
    if (suppressed === told) counts.delete(key);
  }
};

export const openExceptionCounts = ({
  out,
  clock,
  metrics: { registry },
}: Pick<ServiceContext, 'out' | 'clock' | 'metrics'>): ExceptionCounts => {
  const counter = randomUUID();
  const matches = new Counter({
    name: 'vigie_matches_suppressed_total',
    help: 'Matches that an exception let pass',
    registers: [registry],
  });
  const counts = new Map<string, ExceptionCount>();
  return {
    count: (tenant, exception, ingestedAt) => {
      addTo(counts, tenant, exception, ingestedAt);
      matches.inc();
    },
    tell: async (everything = false) => {
      const now = clock.now();
      const due = [...counts.values()].filter(
        (one) => one.suppressed > one.told && (everything || now - one.toldAt >= TELL_EVERY_MS),
      );
      const facts = due.map((one) => ({ one, fact: factOf(one, counter, now) }));
      await out.send(
        facts.map(({ one: { tenant, exceptionId }, fact }) =>
          out.record(tenant, fact, {
            id: idOf('ruleset.exception-applied', counter, exceptionId, fact.suppressed),
            subject: exceptionId,
          }),
        ),
      );
      for (const { one, fact } of facts) Object.assign(one, { told: fact.suppressed, toldAt: now });
      forgetTold(counts);
    },
  };
};
