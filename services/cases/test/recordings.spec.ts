import { readFileSync } from 'node:fs';
import type { ClusteringFact, FindingSummary, Severity, TenantState } from '#contracts';
import { besideCheckout, testContext } from '#libs/testing';
import { valuesIn, type DecisionContext } from '#libs/model';
import { HOUR_MS } from '#libs/terms';
import { clusteringStream } from '../src/domain/clustering/decider.js';
import { entities, finding } from './samples.js';

/** What Sigma's rules find in recorded attacks, clustered by nothing but host and time: the least a finding says. */
const file = besideCheckout('shared/data/expected/sigma-on-otrf.jsonl');
const whenThere = file ? describe : describe.skip;

interface ExpectedCases {
  recording: string;
  rule_id: string;
  title: string;
  level: string;
  tags: string[];
  hosts: string[];
  first_records: [string, string][];
}

const findingsOf = (recording: string, laterMs = 0): FindingSummary[] =>
  readFileSync(file ?? '', 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ExpectedCases)
    .filter((one) => one.recording.includes(recording))
    .flatMap((one) =>
      one.hosts.map((host) =>
        finding(`${one.rule_id} ${host}`, '', {
          title: one.title,
          severity: one.level.toUpperCase() as Severity,
          tactics: one.tags,
          entities: entities(`host:${host}`),
          occurredAt: Date.parse(`${one.first_records[0]?.[1].replace(' ', 'T').replace('Z', '') ?? ''}Z`) + laterMs,
        }),
      ),
    )
    .sort((a, b) => a.occurredAt - b.occurredAt);

const casesOf = (findings: FindingSummary[]): string[] => {
  const { state } = findings.reduce<{ state: ReturnType<typeof clusteringStream.initial>; facts: ClusteringFact[] }>(
    ({ state: before, facts }, one) => {
      const said = clusteringStream.decide(
        { type: 'clustering.place-finding', finding: one, groupKey: '' },
        before,
        testContext as DecisionContext<TenantState>,
      );
      return { state: said.reduce(clusteringStream.evolve, before), facts: [...facts, ...said] };
    },
    { state: clusteringStream.initial(), facts: [] },
  );
  return valuesIn(state.cases).map(({ caseId }) => caseId);
};

whenThere('recorded attacks (skipped: no ../shared/data)', () => {
  const psexec = 'empire_psexec_dcerpc_tcp_svcctl';
  const start = (findings: FindingSummary[]): number => findings[0]?.occurredAt ?? 0;
  const sixHoursAfter = (recording: string): FindingSummary[] =>
    findingsOf(recording, start(findingsOf(psexec)) + 6 * HOUR_MS - start(findingsOf(recording)));

  it('a remote execution by PsExec ends as at most two cases', () => {
    const findings = findingsOf(psexec);
    expect(findings.length).toBeGreaterThan(20);
    expect(casesOf(findings).length).toBeLessThanOrEqual(2);
  });
  it.each(['metasploit_logonpasswords', 'wevtutil', 'metasploit_comsvcs', 'empire_launcher_sct_regsvr32', 'ec2_proxy'])(
    'it and %s on other hosts, six hours later, are at least two',
    (other) => {
      const both = [...findingsOf(psexec), ...sixHoursAfter(other)];
      expect(casesOf(both).length).toBeGreaterThan(casesOf(findingsOf(psexec)).length);
    },
  );
});
