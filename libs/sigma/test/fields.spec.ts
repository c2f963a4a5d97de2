import { join } from 'node:path';
import { parse as load } from 'yaml';
import { kindOf, readEvent, type JsonObject, type Logsource, type SourceKind } from '../src/index.js';
import { packPath, readRules } from './pack.js';
import { samplesIn } from './samples.js';

/**
 * Whether the mappings find, in events of real systems, the fields that SigmaHQ's rules name. A gap is a field no
 * sample has; the rules of a logsource without samples are counted apart.
 */
const pack = packPath();
const test = pack === undefined ? it.skip : it;

type FieldTally = { rules: number; found: number; missing: Set<string> };

const fieldsOf = (detection: unknown, found = new Set<string>()): Set<string> => {
  for (const [name, value] of Object.entries(detection ?? {})) {
    if (!Array.isArray(detection)) found.add(name.split('|')[0] ?? '');
    else if (typeof value === 'object') fieldsOf(value, found);
  }
  return found;
};

const named = (detection: JsonObject): string[] =>
  [
    ...new Set(
      Object.entries(detection)
        .filter(([name, value]) => !['condition', 'timeframe'].includes(name) && typeof value === 'object')
        .flatMap(([, value]) => [...fieldsOf(value)]),
    ),
  ].filter((name) => name !== '');

const fits = (rule: Logsource, event: Logsource): boolean =>
  (['product', 'category', 'service'] as const).every(
    (key) => rule[key] === undefined || rule[key].toLowerCase() === event[key],
  );

const OF_THESE = /^ {2,4}(?:product: (?:linux|macos|zeek)|category: (?:proxy|dns|firewall|webserver))\s*$/m;

const tally = async (folder: string): Promise<Record<string, FieldTally>> => {
  const samples = Object.fromEntries(
    Object.entries(await samplesIn(folder)).map(([kind, events]) => [
      kind,
      events.map((event) => readEvent(kind as SourceKind, event)),
    ]),
  );
  const all: Record<string, FieldTally> = {};
  for (const { text } of readRules(join(folder, 'sigma', 'sigma-rules.tar.gz')).filter(
    ({ text: one }) => OF_THESE.test(one) && !one.includes('\n---'),
  )) {
    const { logsource, detection } = load(text) as { logsource?: Logsource; detection?: JsonObject };
    const kind = logsource && kindOf(logsource);
    if (!kind || !detection || !samples[kind]) continue;
    const one = (all[[logsource.product, logsource.category, logsource.service].filter(Boolean).join('/')] ??= {
      rules: 0,
      found: 0,
      missing: new Set(),
    });
    const events = samples[kind].filter(({ logsources }) => logsources.some((event) => fits(logsource, event)));
    const missing =
      events.length === 0
        ? ['(no sample)']
        : named(detection).filter((name) => events.every(({ find }) => find(name) === undefined));
    one.rules++;
    if (missing.length === 0) one.found++;
    for (const name of missing) one.missing.add(name);
  }
  return all;
};

const GAPS: Record<string, readonly string[]> = {
  'linux/auditd': ['a5', 'a6', 'a7'],
  'linux/sudo': ['(no sample)'],
  'linux/sshd': ['(no sample)'],
  'linux/auth': ['(no sample)'],
  'linux/clamav': ['(no sample)'],
  'linux/guacamole': ['(no sample)'],
  'linux/vsftpd': ['(no sample)'],
  'macos/process_creation': ['OriginalFileName'],
  webserver: ['cs-content-type'],
  proxy: ['cs-cookie'],
  'zeek/http': ['client_header_names'],
};

describe("fields of SigmaHQ's rules", () => {
  test(`are found in real events, but for those that no sample has${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`, async () => {
    const found = await tally(pack ?? '');
    expect(
      Object.fromEntries(
        Object.entries(found)
          .filter(([, { missing }]) => missing.size > 0)
          .map(([name, { missing }]) => [name, [...missing].sort()]),
      ),
    ).toEqual(Object.fromEntries(Object.entries(GAPS).map(([name, missing]) => [name, [...missing].sort()])));
    const sum = (key: 'rules' | 'found'): number => Object.values(found).reduce((total, one) => total + one[key], 0);
    expect([sum('rules'), sum('found')]).toEqual([501, 487]);
  });
});
