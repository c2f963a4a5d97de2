import { ordinary, processStarted, type TenantPlan } from '../../../../cli/src/index.js';
import { drawn, rollsOf } from '../plan/rolls.js';

/** Whose telemetry it is. */
export const TENANTS = ['alder', 'birch', 'cedar', 'damson', 'elder', 'fir'] as const;
export const SOURCE = 'endpoint';
const QUIET_HOSTS = 20;
const USERS = ['CORP\\lee', 'CORP\\ito', 'CORP\\ruiz'];
const MOST_LINES = 12;
/** All events lie within so long before the run. */
const SPAN_MS = 30 * 60_000;

export interface LoadOptions {
  seed: number;
  events: number;
  tenants: readonly string[];
  /** Every so many-th event fires a rule. */
  needleEvery: number;
  /** Share of lines that nobody can read. */
  bad: number;
  /** When the run began, epoch ms. */
  now: number;
}

/** As a partner sends it: lines of one host, whose name is the key. */
export interface PartnerMessage {
  tenant: string;
  key: string;
  value: Buffer;
}

/** What the two events of an attacked host are: one rule each. */
const NEEDLES = [
  {
    image: 'C:\\Windows\\System32\\vssadmin.exe',
    commandLine: 'vssadmin.exe delete shadows /all /quiet',
    user: 'NT AUTHORITY\\SYSTEM',
    parent: 'C:\\Windows\\System32\\cmd.exe',
    pid: 7_001,
  },
  {
    image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    commandLine: 'powershell.exe -NonI -W Hidden -enc VwByAGkAdABlAC0ATwB1AHQAcAB1AHQAIAAnAGQAZQBtAG8AJwA=',
    user: 'NT AUTHORITY\\SYSTEM',
    parent: 'C:\\Windows\\explorer.exe',
    pid: 7_002,
  },
];
const NEEDLE_HOST = /^atk-/;

/** Whether an event of that host is meant to fire. */
export const isNeedleHost = (host: string): boolean => NEEDLE_HOST.test(host);

const needle = (tenant: string, number: number, at: number): { host: string; line: string } => {
  const host = `atk-${String(Math.floor(number / NEEDLES.length)).padStart(4, '0')}.${tenant}.example`;
  const run = NEEDLES[number % NEEDLES.length] as (typeof NEEDLES)[number];
  return { host, line: JSON.stringify(processStarted(at, host, run).event) };
};

/**
 * The load of a seed, message by message: ordinary telemetry of each tenant's hosts, lines that nobody can read, and
 * needles. Two needles are of one host, so that the second comes to the case of the first.
 */
export function* loadOf({ seed, events, tenants, needleEvery, bad, now }: LoadOptions): Generator<PartnerMessage> {
  const roll = rollsOf(seed + 1_000_003);
  const hostsOf = new Map(
    tenants.map((tenant) => [
      tenant,
      Array.from({ length: QUIET_HOSTS }, (_, index) => `wks-${index}.${tenant}.example`),
    ]),
  );
  const needles = new Map<string, number>();
  let untilNeedle = needleEvery;
  for (let made = 0; made < events; ) {
    const tenant = drawn(roll, tenants);
    const at = now - SPAN_MS + Math.floor((made / events) * SPAN_MS);
    if (made >= untilNeedle) {
      untilNeedle += needleEvery;
      const number = needles.get(tenant) ?? 0;
      needles.set(tenant, number + 1);
      const { host, line } = needle(tenant, number, at);
      made += 1;
      yield { tenant, key: host, value: Buffer.from(line) };
      continue;
    }
    const host = hostsOf.get(tenant)?.[Math.floor(roll() * QUIET_HOSTS)] as string;
    const count = Math.min(1 + Math.floor(roll() * MOST_LINES), events - made);
    const lines = Array.from({ length: count }, (_, index) =>
      roll() < bad ? `{"broken": "${made + index}` : JSON.stringify(ordinary(roll, at + index, [host], USERS).event),
    );
    made += count;
    yield { tenant, key: host, value: Buffer.from(lines.join('\n')) };
  }
}

/** What is agreed with each tenant. */
export const tenantPlan = (tenant: string): TenantPlan => ({
  name: tenant,
  prefix: tenant.slice(0, 3).toUpperCase(),
  language: 'EN',
  timeZone: 'UTC',
  policy: { mode: 'AUTHORIZE' },
  contacts: [],
  assets: [],
  identities: [],
  sources: [{ name: SOURCE, kind: 'WINDOWS' }],
  connectors: [{ vendor: 'defender', baseUrl: 'standin:defender', secretRef: 'standin-defender', account: tenant }],
});
