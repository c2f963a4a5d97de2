import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packPath } from '../../test/pack.js';
import { comparing, correlationOf } from '../../test/correlations.js';
import type { Correlation } from '../types.js';
import { correlationPlan, emptyCorrelationState, feed, finish } from './index.js';

/**
 * Another vendor's published correlations, said in Sigma's words, and the outcomes its own tests expect. What it calls
 * absence (this, and not that within the window) is a chain here: this, then the end of a window in which only one of
 * both was seen.
 */

type Step = { ID: string; Absence?: boolean };
type Scenario = {
  RuleID: string;
  Detection: [
    {
      Group: Step[];
      MatchCriteria?: Record<string, { GroupID: string; Match: string }[]>;
      LookbackWindowMinutes: number;
    },
  ];
  Tests: {
    Name: string;
    ExpectedResult: boolean;
    RuleOutputs: { ID: string; Matches: Record<string, Record<string, (number | string)[]>> }[];
  }[];
};

const MINUTE_MS = 60_000;
const pack = packPath();
const folder = join(pack ?? '', 'panther-correlation');
const scenarios =
  pack === undefined
    ? []
    : readdirSync(folder)
        .filter((file) => file.endsWith('.yml'))
        .sort()
        .map((file): [string, Scenario] => [file, parse(readFileSync(join(folder, file), 'utf8')) as Scenario]);

const correlationsOf = ({ Detection: [{ Group, MatchCriteria, LookbackWindowMinutes }] }: Scenario): Correlation[] => {
  const [criteria = []] = Object.values(MatchCriteria ?? {});
  const rules = Group.map(({ ID }) => ID);
  const present = Group.filter(({ Absence }) => !Absence).map(({ ID }) => ID);
  const fields = { groupBy: criteria.length > 0 ? ['shared'] : [], timespanMs: LookbackWindowMinutes * MINUTE_MS };
  const shared = Object.fromEntries(criteria.map(({ GroupID, Match }) => [GroupID, Match]));
  if (present.length === rules.length)
    return [
      correlationOf({
        ...fields,
        type: 'temporal',
        rules,
        condition: comparing(['gte', rules.length]),
        aliases: { shared },
      }),
    ];
  const alone = correlationOf({
    ...fields,
    id: 'alone',
    type: 'temporal',
    rules,
    condition: comparing(['eq', present.length]),
    aliases: { shared },
  });
  return [
    correlationOf({
      ...fields,
      type: 'temporal_ordered',
      rules: [...present, 'alone'],
      condition: comparing(['gte', present.length + 1]),
      aliases: { shared },
    }),
    alone,
  ];
};

const timeOf = (time: number | string): number => (typeof time === 'number' ? time * MINUTE_MS : Date.parse(time));

type Seen = { ruleId: string; occurredAt: number; values: Record<string, string> };

const seenIn = ({ RuleOutputs }: Scenario['Tests'][number]): Seen[] =>
  RuleOutputs.flatMap(({ ID: ruleId, Matches }) =>
    Object.entries(Matches).flatMap(([field, values]) =>
      Object.entries(values).flatMap(([value, times]) =>
        times.map((time) => ({ ruleId, occurredAt: timeOf(time), values: { [field]: value } })),
      ),
    ),
  );

const firesOn = (scenario: Scenario, test: Scenario['Tests'][number]): boolean => {
  const plan = correlationPlan(correlationsOf(scenario));
  const state = emptyCorrelationState();
  const fired = seenIn(test).flatMap((seen, index) =>
    plan
      .routes(seen.ruleId)
      .flatMap(
        ({ correlationId, node }) =>
          feed(plan, state, { ...seen, scope: '', correlationId, node, eventId: String(index), upTo: 0 }).fired,
      ),
  );
  return fired.concat(finish(plan, state).fired).length > 0;
};

const cases = scenarios.flatMap(([file, scenario]) =>
  scenario.Tests.map((test) => [file, test.Name, scenario, test] as const),
);

if (cases.length === 0) it('published correlations (skipped: no ../shared/data)', () => expect(cases).toEqual([]));
else
  it.each(cases)('%s: %s', (_file, _name, scenario, test) => expect(firesOn(scenario, test)).toBe(test.ExpectedResult));
