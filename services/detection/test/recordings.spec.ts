import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingRaised } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import { findingOf } from '../src/domain/finding/rule-finding.js';
import { groupsOf } from '../src/domain/hits/groups.js';
import type { SeenEvent } from '../src/domain/hits/hit.js';
import { hitsOf } from '../src/telemetry/matching.js';
import { compileRules } from '../src/rules/compile-rules.js';
import type { CompiledRules } from '../src/rules/loaded-rules.js';
import { builtInRules } from '../src/rules/active-import.js';
import { readRules } from '#libs/rules/loading';
import { packPath, zipLines } from './pack.js';

/** SigmaHQ's rules and our own, on a recorded attack: from native bytes to findings. */

const pack = packPath();
const test = pack === undefined ? it.skip : it;
const recording = 'otrf/atomic/windows/lateral_movement/host/empire_psexec_dcerpc_tcp_svcctl.zip';
const origin = { tenant: 'acme', source: 'edr', kind: 'WINDOWS' as const };
const windowMs = HOUR_MS;

interface RecordedMatch {
  recording: string;
  rule_id: string;
  hosts: string[];
}

const eventOf = (line: string, offset: number): SeenEvent => {
  const fields = JSON.parse(line) as Record<string, string | undefined>;
  const host = (fields.Hostname ?? fields.Computer ?? 'unknown').toLowerCase();
  const occurredAt = Date.parse(fields['@timestamp'] ?? '');
  return {
    id: `event-${offset}`,
    occurredAt,
    ingestedAt: occurredAt,
    entity: `host:${host}`,
    observables: [],
    partition: 0,
    offset,
    index: 0,
    native: Buffer.from(line),
    ocsf: {},
  };
};

const findingsIn = async (rules: CompiledRules): Promise<FindingRaised[]> => {
  const events = (await zipLines(join(pack ?? '', recording))).map(eventOf);
  const hits = (
    await hitsOf({ origin, id: 'batch', events, contexts: new Map() }, rules, windowMs, async () => undefined)
  ).filter(({ isSilent }) => !isSilent);
  return groupsOf(origin.tenant, hits).map((group) => {
    const [{ detection, event }] = group.hits;
    return findingOf(origin, group, rules.explain(detection.id, 'WINDOWS', event), Date.now());
  });
};

const pairOf = ({ rule, entities }: FindingRaised): string =>
  `${rule.id} ${entities.find(({ kind }) => kind === 'host')?.value}`;

describe(`the recorded attack PsExec${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`, () => {
  let findings: FindingRaised[] = [];
  let imported: Set<string>;
  beforeAll(async () => {
    if (pack === undefined) return;
    const sigma = readRules(join(pack, 'sigma', 'sigma-rules.tar.gz'));
    const rules = await compileRules([...builtInRules('rules'), ...sigma], windowMs);
    expect(rules.failures).toEqual([]);
    imported = new Set([...sigma.map(({ text }) => /^id: (\S+)/m.exec(text)?.[1] ?? '')]);
    findings = await findingsIn(rules);
  });

  test('raises a finding for every expected rule on every expected host, half as many others at most', () => {
    const lines = readFileSync(join(pack ?? '', 'expected', 'sigma-on-otrf.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordedMatch);
    const expected = lines
      .filter((one) => one.recording === recording)
      .flatMap(({ rule_id: id, hosts }) => hosts.map((host) => `${id} ${host.toLowerCase()}`));
    const found = new Set(findings.filter(({ rule }) => imported.has(rule.id)).map(pairOf));
    expect(expected).toHaveLength(24);
    expect(expected.filter((pair) => !found.has(pair))).toEqual([]);
    expect(found.size - expected.length).toBeLessThanOrEqual(expected.length / 2);
  });

  test('raises our own rules beside them', () => {
    const own = findings.filter(({ rule }) => !imported.has(rule.id));
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ rule }) => rule.runbook.includes('Triage:'))).toBe(true);
  });

  test('says of each what matched, and embeds what was matched', () => {
    expect(findings.filter(({ explanation }) => explanation.length === 0).map(({ rule }) => rule.title)).toEqual([]);
    expect(findings.every(({ events }) => events.length >= 1 && events.length <= 10)).toBe(true);
  });
});
