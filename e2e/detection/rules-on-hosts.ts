import type { FindingRaised } from '#contracts';
import { fromRecord, type Broker } from '#libs/events';
import { readAll } from '../../cli/src/index.js';

/** A rule that matched on a host. */
export interface RuleOnHost {
  rule: string;
  host: string;
  title: string;
}

const shortOf = (host: string): string => (host.split('.')[0] ?? '').toLowerCase();

/** What an independent engine found in a recording; host names without their domain. */
export const expectedPairs = (lines: string, recording: string): RuleOnHost[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { recording: string; rule_id: string; title: string; hosts: string[] })
    .filter((one) => one.recording === recording)
    .flatMap(({ rule_id: rule, title, hosts }) =>
      [...new Set(hosts.map(shortOf))].map((host) => ({ rule, host, title })),
    );

/** The hosts of a finding: those of its events, and what they name. */
const hostsOf = ({ events, entities }: FindingRaised): string[] => {
  const named = [...events.map(({ entity }) => entity), ...entities.map(({ kind, value }) => `${kind}:${value}`)];
  return [...new Set(named.filter((one) => one.startsWith('host:')).map((one) => shortOf(one.slice('host:'.length))))];
};

/** The pairs of all findings that a source has raised. */
export const pairsFound = async (broker: Broker, tenant: string, source: string): Promise<RuleOnHost[]> => {
  const found = new Map<string, RuleOnHost>();
  for (const record of await readAll(broker, ['vigie.finding.events'])) {
    const { envelope, message } = fromRecord<FindingRaised>(record);
    if (message.type !== 'finding.raised' || envelope.tenant !== tenant || message.source !== source) continue;
    for (const host of hostsOf(message))
      found.set(`${message.rule.id} ${host}`, { rule: message.rule.id, host, title: message.rule.title });
  }
  return [...found.values()];
};
