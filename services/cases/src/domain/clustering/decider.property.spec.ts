import * as fc from 'fast-check';
import type { ClusteringFact, FindingSummary } from '#contracts';
import { testContext } from '#libs/testing';
import { valuesIn, type DecisionContext } from '#libs/model';
import type { TenantState } from '#contracts';
import { MINUTE_MS, HOUR_MS } from '#libs/terms';
import { clusteringStream } from './decider.js';
import { likeness } from './likeness.js';
import { traitsOf } from './names.js';
import { matchesOf } from './place-finding.js';
import { initial, type ClusteringState } from './state.js';
import { place } from '../../../test/placements.js';
import { finding, THEN } from '../../../test/samples.js';

const context = testContext as DecisionContext<TenantState>;

/** Places findings one by one, each as often as told. */
const run = (findings: FindingSummary[]): { state: ClusteringState; facts: ClusteringFact[] } =>
  findings.reduce<{ state: ClusteringState; facts: ClusteringFact[] }>(
    ({ state, facts }, one) => {
      const said = clusteringStream.decide(place(one), state, context);
      return { state: said.reduce(clusteringStream.evolve, state), facts: [...facts, ...said] };
    },
    { state: initial(), facts: [] },
  );

const anyFinding = (id: number): fc.Arbitrary<FindingSummary> =>
  fc
    .record({
      host: fc.integer({ min: 1, max: 6 }),
      user: fc.integer({ min: 1, max: 4 }),
      domain: fc.constantFrom('', '', '.corp.example'),
      at: fc.integer({ min: 0, max: 200 * 60 }),
      severity: fc.constantFrom('INFORMATIONAL', 'LOW', 'HIGH'),
    })
    .map(({ host, user, domain, at, severity }) =>
      finding(`f${id}`, `host:h${host}${domain} user:u${user} ip:203.0.113.${user} hash:h${host}`, {
        occurredAt: THEN + at * MINUTE_MS,
        severity: severity as FindingSummary['severity'],
      }),
    );
const someFindings = fc
  .array(fc.nat(), { minLength: 1, maxLength: 25 })
  .chain((ids) => fc.tuple(...ids.map((_, index) => anyFinding(index))));

describe('clustering', () => {
  it('gives the same cases for the same findings in the same order', () =>
    fc.assert(fc.property(someFindings, (findings) => expect(run(findings).facts).toEqual(run(findings).facts))));

  it('changes nothing when findings come again, at any later time', () =>
    fc.assert(
      fc.property(someFindings, fc.infiniteStream(fc.nat()), (findings, at) => {
        const again = findings.flatMap((one, index) => [one, findings[(at.next().value ?? 0) % (index + 1)] ?? one]);
        expect(run(again).facts).toEqual(run(findings).facts);
      }),
    ));

  it('finds by its clues each case that a look at all of them finds', () =>
    fc.assert(
      fc.property(someFindings, fc.array(anyFinding(0), { maxLength: 5 }), (findings, others) => {
        const { state } = run(findings);
        for (const one of others) {
          const all = valuesIn(state.cases).filter((tracked) => likeness(traitsOf(one, ''), tracked) !== undefined);
          expect(matchesOf({ finding: one, groupKey: '' }, state).map(({ tracked }) => tracked.number)).toEqual(
            all.map(({ number }) => number).sort((a, b) => a - b),
          );
        }
      }),
    ));

  it('keeps each finding in exactly one case or waiting, and numbers without gaps', () =>
    fc.assert(
      fc.property(someFindings, (findings) => {
        const { state, facts } = run(findings);
        const kept = [
          ...state.held.map((one) => one.finding),
          ...valuesIn(state.cases).flatMap((one) => one.findings),
        ].map(({ findingId }) => findingId);
        expect([...kept].sort()).toEqual(findings.map(({ findingId }) => findingId).sort());
        const numbers = facts.flatMap((fact) =>
          fact.type === 'clustering.finding-placed' && fact.opened ? [fact.number] : [],
        );
        expect(numbers).toEqual(numbers.map((_, index) => 1001 + index));
      }),
    ));

  it('ends with the same groups whatever the order, when findings are linked by hosts within the window alone', () => {
    const findings = [1, 1, 2, 2, 3].map((host, index) =>
      finding(`f${index}`, `host:h${host}`, { occurredAt: THEN + index * HOUR_MS }),
    );
    const groups = (order: FindingSummary[]): string[] =>
      valuesIn(run(order).state.cases)
        .map((one) =>
          one.findings
            .map(({ findingId }) => findingId)
            .sort()
            .join(),
        )
        .sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: 5 }), (order) =>
        expect(groups(order)).toEqual(groups(findings)),
      ),
    );
  });

  it('forgets the quietest cases rather than growing without end', () => {
    const { state } = run(
      Array.from({ length: 1_150 }, (_, index) => finding(`f${index}`, `host:h${index}`, { occurredAt: THEN + index })),
    );
    expect([state.cases.size, state.dormant.size]).toEqual([1_049, 101]);
    expect(state.placedBefore).toContain('f0');
  });
});
