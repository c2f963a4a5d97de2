import type { CaseFact, FindingFact, FindingRaised } from '#contracts';
import { fromRecord } from '#libs/events';
import { eachOf } from '../../../../cli/src/index.js';
import { withStore, type DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';
import { coordinatesOf } from './coordinates.js';
import type { Sent } from './sent.js';

interface RaisedFinding {
  tenant: string;
  events: string[];
  at: string;
}

/** Findings of rules, by id. What a service says of its own, as of a source that fell silent, is none of them. */
const raised = async ({
  broker,
  tenants,
}: DisturbedPlace): Promise<{ found: Map<string, RaisedFinding>; again: number }> => {
  const found = new Map<string, RaisedFinding>();
  let again = 0;
  await eachOf(broker, ['vigie.finding.events'], (record) => {
    const { envelope, message } = fromRecord<FindingFact>(record);
    if (message.type !== 'finding.raised' || envelope.source !== 'detection') return;
    if (!tenants.includes(envelope.tenant)) return;
    const { findingId, events } = message as FindingRaised;
    if (found.has(findingId)) again += 1;
    else
      found.set(findingId, { tenant: envelope.tenant, events: events.map(({ id }) => id), at: coordinatesOf(record) });
  });
  return { found, again };
};

/** Each needle is one finding: of the two of a host each its own. */
const findings = (sent: Sent, found: ReadonlyMap<string, RaisedFinding>, again: number): OracleCheck => {
  const of = new Map<string, string[]>();
  const failures: string[] = [];
  for (const [findingId, { events, at }] of found) {
    for (const id of events) of.set(id, [...(of.get(id) ?? []), findingId]);
    if (!events.some((id) => sent.lines.get(id)?.needle))
      failures.push(`doubled: finding ${findingId} (${at}) is of no needle`);
  }
  const needles = [...sent.lines].filter(([, { needle }]) => needle !== undefined);
  for (const [id, { at, needle }] of needles) {
    const ids = of.get(id) ?? [];
    if (ids.length === 0) failures.push(`lost: no finding of ${needle} at ${at} (${id})`);
    if (ids.length > 1) failures.push(`doubled: findings ${ids.join(', ')} of ${needle} at ${at}`);
  }
  return checked('findings', needles.length, failures, `${again} came again under their ids`);
};

const place = (cases: Map<string, Set<string>>, fact: CaseFact): void => {
  if (fact.type === 'case.opened' || fact.type === 'case.findings-added')
    for (const { findingId } of fact.findings)
      cases.set(findingId, (cases.get(findingId) ?? new Set<string>()).add(fact.caseId));
  if (fact.type === 'case.findings-removed')
    for (const findingId of fact.findingIds) cases.get(findingId)?.delete(fact.caseId);
};

/** In which cases each finding is. */
const placements = async (here: DisturbedPlace): Promise<Map<string, Set<string>>> => {
  const cases = new Map<string, Set<string>>();
  await withStore(here, 'cases', async (store) => {
    for (const tenant of here.tenants)
      for await (const { message } of store.facts(tenant).all()) place(cases, message as CaseFact);
  });
  return cases;
};

const placed = (
  found: ReadonlyMap<string, RaisedFinding>,
  cases: ReadonlyMap<string, ReadonlySet<string>>,
): OracleCheck => {
  const failures: string[] = [];
  for (const [id, { at }] of found) {
    const count = cases.get(id)?.size ?? 0;
    if (count === 0) failures.push(`lost: finding ${id} (${at}) is in no case`);
    if (count > 1) failures.push(`doubled: finding ${id} is in cases ${[...(cases.get(id) ?? [])].join(', ')}`);
  }
  return checked('placements', found.size, failures);
};

/** Findings, and the cases that they are in. */
export const decisionChecks = async (here: DisturbedPlace, sent: Sent): Promise<OracleCheck[]> => {
  const { found, again } = await raised(here);
  return [findings(sent, found, again), placed(found, await placements(here))];
};
