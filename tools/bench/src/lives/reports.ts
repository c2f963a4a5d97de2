import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, ReportKind, ReportRecord, ReportRequested, TenantState } from '#contracts';
import type { Heard, Typed } from '#libs/model';
import { openLog } from '#libs/service';
import { openStore, type Store } from '#libs/store';
import { DAY_MS, STANDARD_GUARDS } from '#libs/terms';
import { heard } from '#libs/testing';
import { VIGIE } from '../../../../services/reporting/src/brand.js';
import { makeReport } from '../../../../services/reporting/src/effects/make-report.js';
import { readJournals } from '../../../../services/reporting/src/effects/read-journals.js';
import { openTypeset } from '../../../../services/reporting/src/effects/typeset.js';
import { reporting } from '../../../../services/reporting/src/reporting.module.js';
import { lifeOf, type LongLife } from './life.js';

/** One report, in a process of its own. */
export interface ReportMeasured {
  ms: number;
  cpuMs: number;
  rssMb: number;
  /** The longest that nothing else had a turn. */
  stallMs: number;
  figuresKb: number;
  pdfKb: number;
  figuresHash: string;
}

const CHUNK = 5_000;
const storeAt = (url: string, database: string): Promise<Store> =>
  openStore({ url, service: 'reporting', database, log: openLog('bench', 'silent') });

/** Journals of a life, as reporting's own views fold them. */
export const liveOn = async (url: string, database: string, life: LongLife): Promise<void> => {
  const store = await storeAt(url, database);
  const show = async (facts: readonly Heard<Typed>[]): Promise<void> => {
    for (const view of reporting.shows ?? []) await store.applyView(view, facts);
  };
  let some: Heard[] = [];
  for (const facts of lifeOf(life)) {
    some.push(...facts);
    if (some.length < CHUNK) continue;
    await show(some);
    some = [];
  }
  await show(some);
  await store.close();
};

const settingsOf = (tenantId: string, language: Language): TenantState => ({
  ...{ type: 'tenant.state', tenantId, version: 1, active: true, name: 'Acme Industries', prefix: 'ACME', language },
  ...{ timeZone: 'UTC', tier: 'MDR', providerType: 'MIXED', contacts: [], calendar: { days: [], holidays: [] } },
  policy: {
    ...{ version: 1, mode: 'AUTHORIZE', overrides: [], exclusions: [], approvalMinutes: 60, unreachableClasses: [] },
    guards: STANDARD_GUARDS,
  },
  ...{ sla: [], connectors: [], identities: [], assets: [], sources: [] },
});

const DAYS: Record<ReportKind, number> = { WEEKLY: 7, MONTHLY: 30 } as Record<ReportKind, number>;

/** Makes the report of the last days of a life, as the service does. @param into folder for the pages. */
export const measureReport = async (
  url: string,
  database: string,
  { tenant, to, kind, into }: { tenant: string; to: number; kind: ReportKind; into: string },
): Promise<ReportMeasured> => {
  const store = await storeAt(url, database);
  const typesetter = await openTypeset(VIGIE);
  const effect = makeReport({
    journals: (name, report) => readJournals(store, name, report),
    typesetter,
    settled: async () => undefined,
  });
  const language = 'EN';
  const asked = { reportId: 'r1', kind, from: to - DAYS[kind] * DAY_MS, to, language } as ReportRequested;
  let [stallMs, last] = [0, performance.now()];
  const ticking = setInterval(() => {
    const now = performance.now();
    [stallMs, last] = [Math.max(stallMs, now - last), now];
  }, 5);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const [made] = await effect.perform(heard(asked, { tenant }), settingsOf(tenant, language), {
    resumed: false,
  } as never);
  const { user, system } = process.cpuUsage(cpu);
  const ms = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(ticking);
  const { pdf, figures, figuresHash } = made!.request as ReportRecord;
  writeFileSync(join(into, `${kind.toLowerCase()}.pdf`), pdf);
  await typesetter.close();
  await store.close();
  return {
    ...{ ms, cpuMs: (user + system) / 1_000, rssMb: process.resourceUsage().maxRSS / 1_024, stallMs, figuresHash },
    ...{ figuresKb: figures.length / 1_024, pdfKb: pdf.length / 1_024 },
  };
};
