import type { TenantPolicy } from '#contracts';
import { compareLines, joinDifferences, type PolicyDifference } from './difference.js';
import { linesOf, situationsOf } from './lines.js';

const plain = (entity: string): string => entity.trim().toLowerCase();
const without = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((one) => !others.includes(one));

const exclusions = (before: TenantPolicy, after: TenantPolicy): PolicyDifference => {
  const [had, has] = [before, after].map((policy) => policy.exclusions.map(({ entity }) => plain(entity))) as [
    string[],
    string[],
  ];
  return {
    looser: without(had, has).map((entity) => `${entity} is excluded no more`),
    tighter: without(has, had).map((entity) => `${entity} is excluded from every action`),
  };
};

/** Classes that may proceed unanswered, and from when until when. */
const unanswered = ({
  escalateIfUnreachableAfterMinutes: from,
  unreachableClasses,
  approvalMinutes: until,
}: TenantPolicy) => ({
  from: from ?? Infinity,
  until,
  classes: from === null || from === undefined ? [] : [...new Set(unreachableClasses)],
});

const grown = (before: TenantPolicy, after: TenantPolicy): string[] => {
  const [was, is] = [unanswered(before), unanswered(after)];
  const stay = is.classes.filter((one) => was.classes.includes(one)).join(' and ');
  return [
    ...without(is.classes, was.classes).map((one) => `${one} may proceed when nobody answers for ${is.from} minutes`),
    ...(stay && is.from < was.from
      ? [`${stay} may proceed unanswered after ${is.from} minutes instead of ${was.from}`]
      : []),
    // A question that stays open longer is one that may be left unanswered for longer.
    ...(stay && is.until > was.until
      ? [`${stay} may proceed unanswered for ${is.until} minutes after the question instead of ${was.until}`]
      : []),
  ];
};

const shrunk = (before: TenantPolicy, after: TenantPolicy): string[] => {
  const [was, is] = [unanswered(before), unanswered(after)];
  const stay = is.classes.filter((one) => was.classes.includes(one)).join(' and ');
  return [
    ...without(was.classes, is.classes).map((one) => `${one} waits for an answer, however long nobody gives one`),
    ...(stay && is.from > was.from
      ? [`${stay} may proceed unanswered after ${is.from} minutes, not after ${was.from}`]
      : []),
    ...(is.until < was.until ? [`an approval may take ${is.until} minutes instead of ${was.until}`] : []),
  ];
};

/** What is asked about under the one policy and not under the other. */
const guards = ({ guards: was }: TenantPolicy, { guards: is }: TenantPolicy): PolicyDifference => {
  const switched = (before: boolean, after: boolean, what: string): PolicyDifference => ({
    looser: before && !after ? [`an action on ${what} is not asked about for that alone`] : [],
    tighter: after && !before ? [`an action on ${what} is always asked about`] : [],
  });
  /** A number at most; none where it is 0. */
  const atMost = (before: number, after: number, what: string): PolicyDifference => {
    const [had, has] = [before || Infinity, after || Infinity];
    const told = `${after || 'any number of'} ${what} may be acted on in an hour without a person, not ${before || 'any'}`;
    return { looser: has > had ? [told] : [], tighter: has < had ? [told] : [] };
  };
  const surer = `an action is asked about under a confidence of ${is.minConfidence} instead of ${was.minConfidence}`;
  return joinDifferences(
    switched(was.criticalAssets, is.criticalAssets, 'what is critical'),
    switched(was.privilegedIdentities, is.privilegedIdentities, 'a privileged identity'),
    {
      looser: is.minConfidence < was.minConfidence ? [surer] : [],
      tighter: is.minConfidence > was.minConfidence ? [surer] : [],
    },
    atMost(was.hostsPerHour, is.hostsPerHour, 'hosts'),
    atMost(was.hostsPercent, is.hostsPercent, '% of the hosts'),
  );
};

/** What may be done under the one policy and not under the other. */
export const policyDifference = (before: TenantPolicy, after: TenantPolicy): PolicyDifference => {
  const rules =
    JSON.stringify([before.mode, before.overrides]) === JSON.stringify([after.mode, after.overrides])
      ? { looser: [], tighter: [] }
      : compareLines(
          situationsOf(before, after),
          linesOf(before),
          linesOf(after),
          '',
          before.overrides.length + after.overrides.length + 1,
        );
  return joinDifferences(rules, exclusions(before, after), guards(before, after), {
    looser: grown(before, after),
    tighter: shrunk(before, after),
  });
};
