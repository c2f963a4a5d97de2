import { resolve } from 'node:path';
import type { ActionFact, ActionState, CaseFact, FindingFact } from '#contracts';
import { deadLetterTopic, fromRecord, ingestTopic, readDeadLetter } from '#libs/events';
import { standingAfter, stateTold, type ActionStanding } from '#libs/terms';
import { eventIdOf } from '../../services/collection/src/ingest/topic.js';
import { idsInLake } from '../../services/hunting/src/lake/ids.js';
import { readAll } from '../../cli/src/index.js';
import type { TestInstallation } from '../support/installation.js';

/** Ids of events, sorted, each once. */
export interface EventAccount {
  /** Of every line that Kafka has acknowledged. */
  acknowledged: string[];
  lake: string[];
  dead: string[];
}

/** What came of the events, by id. */
export interface DecisionsOfTenant {
  findings: string[];
  cases: { id: string; findings: string[] }[];
  actions: { id: string; target: string; state: ActionState | undefined }[];
}

const sorted = (ids: Iterable<string>): string[] => [...new Set(ids)].sort();

/** Who must have been kept, by where it lay; and who was. */
export const accountOf = async (
  { broker, up: { installation } }: TestInstallation,
  tenant: string,
  source: string,
): Promise<EventAccount> => {
  const topic = ingestTopic(tenant, source);
  const lines = (await readAll(broker, [topic])).flatMap((record) =>
    record.value
      .toString('utf8')
      .split('\n')
      .map((_, index) => eventIdOf(record, index)),
  );
  const letters = (await readAll(broker, [deadLetterTopic('collection')]))
    .map(readDeadLetter)
    .filter((letter) => letter.original.topic === topic);
  return {
    acknowledged: sorted(lines),
    lake: await idsInLake(resolve(installation.dir, 'lake'), tenant),
    dead: sorted(letters.map(({ original }) => original.headers['eventid'] ?? '')),
  };
};

const caseFindings = (facts: CaseFact[]): string[] =>
  sorted(
    facts.flatMap((fact) =>
      fact.type === 'case.opened' || fact.type === 'case.findings-added'
        ? fact.findings.map(({ findingId }) => findingId)
        : [],
    ),
  );

const stateOf = (facts: ActionFact[]): ActionState | undefined =>
  facts.map(stateTold).reduce<ActionStanding | undefined>(standingAfter, undefined)?.state;

const byId = <Fact extends { type: string }>(facts: Fact[], idOf: (fact: Fact) => string): [string, Fact[]][] => {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) groups.set(idOf(fact), [...(groups.get(idOf(fact)) ?? []), fact]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};

const stored = <Fact>(
  { storeOf }: TestInstallation,
  service: string,
  tenant: string,
  subject: string,
): Promise<Fact[]> =>
  storeOf(service, async (store) => {
    const found: Fact[] = [];
    for await (const { message } of store.facts(tenant).all())
      if (message.type.startsWith(`${subject}.`)) found.push(message as Fact);
    return found;
  });

/** Findings as they were said, cases and actions as they are stored. */
export const decisionsOf = async (installed: TestInstallation, tenant: string): Promise<DecisionsOfTenant> => {
  const said = (await readAll(installed.broker, ['vigie.finding.events'])).map((record) =>
    fromRecord<FindingFact>(record),
  );
  const cases = await stored<CaseFact>(installed, 'cases', tenant, 'case');
  const actions = await stored<ActionFact>(installed, 'response', tenant, 'action');
  return {
    findings: sorted(said.filter(({ envelope }) => envelope.tenant === tenant).map(({ message }) => message.findingId)),
    cases: byId(cases, ({ caseId }) => caseId).map(([id, facts]) => ({ id, findings: caseFindings(facts) })),
    actions: byId(actions, ({ actionId }) => actionId).map(([id, facts]) => ({
      id,
      state: stateOf(facts),
      target: facts.flatMap((fact) => (fact.type === 'action.proposed' ? [fact.target.id] : []))[0] ?? '',
    })),
  };
};
