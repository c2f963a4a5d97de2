import type { Asset, Identity, TenantPolicy } from '#contracts';
import { assetsCalled, findAssets, foldName, groupsOfAsset, type Situation } from '#libs/terms';
import { newIn } from '../tenant/in-place.js';
import { compareLines, joinDifferences, type PolicyDifference } from './difference.js';
import { guardedNoMore } from './guarded.js';
import { hostsExcludedNoMore, peopleExcludedNoMore, type ChangedThing } from './exclusions.js';
import { governingLine, linesOf, situationsOf } from './lines.js';

export interface AssetsAndIdentities {
  assets: Asset[];
  identities: Identity[];
}

const NOTHING: PolicyDifference = { looser: [], tighter: [] };
/**
 * Things that are told apart otherwise than before: what else is said of them decides nothing. What stayed is the same
 * object at the same place.
 */
const changed = <Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  idOf: (thing: Thing) => string,
  told: (thing: Thing) => unknown,
): ChangedThing<Thing>[] => {
  const moved = newIn(after, before);
  if (moved.length === 0) return [];
  const known = new Map(newIn(before, after).map((thing) => [idOf(thing), thing]));
  return moved
    .map((is) => ({ was: known.get(idOf(is)), is }))
    .filter(({ was, is }) => !was || JSON.stringify(told(was)) !== JSON.stringify(told(is)));
};
const changedAssets = (before: Asset[], after: Asset[]) =>
  changed(
    before,
    after,
    ({ assetId }) => assetId,
    ({ hostnames, groups }) => [hostnames, groups],
  );
const changedPeople = (before: Identity[], after: Identity[]) =>
  changed(
    before,
    after,
    ({ identityId }) => identityId,
    ({ names }) => names,
  );

/** A short name and the full ones that begin with it may be one host; an address is itself. */
const calledLike = (assets: readonly Asset[], name: string): readonly Asset[] =>
  assetsCalled(assets, foldName(name)).short;

/** Compares the groups of hosts: under one policy, what decides for the one and for the other. */
const groupsCompared = (policy: TenantPolicy) => {
  const lines = linesOf(policy);
  const situations = situationsOf(policy);
  const mentioned = new Set(policy.overrides.flatMap(({ assetGroups }) => assetGroups));
  const known = new Map<string, PolicyDifference>();
  const decides = (groups: string[]) => (situation: Situation) => [
    governingLine(lines(situation), groups) ?? { rule: '', mode: policy.mode, groups: [] },
  ];
  return (host: string, before: readonly string[], after: readonly string[]): PolicyDifference => {
    const [was, is] = [before, after].map((groups) => groups.filter((group) => mentioned.has(group)).sort()) as [
      string[],
      string[],
    ];
    if (was.join('\n') === is.join('\n')) return NOTHING;
    const key = JSON.stringify([was, is]);
    const difference =
      known.get(key) ?? compareLines(situations, decides(was), decides(is), '', policy.overrides.length + 1);
    known.set(key, difference);
    return {
      looser: difference.looser.map((one) => `${host}: ${one}`),
      tighter: difference.tighter.map((one) => `${host}: ${one}`),
    };
  };
};

/**
 * A host that is registered or changed is compared with all that its names may have stood for: itself, hosts that share
 * a name without its domain, and, by a name that was not surely its own, a host that nobody had registered, which is in
 * no group. A name that it loses is compared with all that it may stand for now; and those, of whom there is less doubt
 * without it, with a host in no group.
 */
const assets = (policy: TenantPolicy, before: Asset[], after: Asset[]): PolicyDifference => {
  if (policy.overrides.every(({ assetGroups }) => assetGroups.length === 0)) return NOTHING;
  const differ = groupsCompared(policy);
  return joinDifferences(
    ...changedAssets(before, after).flatMap(({ was, is }) => {
      const host = is.hostnames[0] ?? is.assetId;
      const stoodFor = new Set([...(was ? [was] : []), ...is.hostnames.flatMap((name) => calledLike(before, name))]);
      const fresh =
        !was || is.hostnames.some((name) => !was.hostnames.includes(name) && findAssets(before, [name]).sure !== was);
      const lost = (was?.hostnames ?? []).filter((name) => !is.hostnames.includes(name));
      return [
        ...[...stoodFor].map((one) => differ(host, groupsOfAsset(one), groupsOfAsset(is))),
        ...(fresh ? [differ(host, [], groupsOfAsset(is))] : []),
        ...lost.flatMap((name) =>
          [[], ...calledLike(after, name).map(groupsOfAsset)].flatMap((groups) => [
            differ(name, was ? groupsOfAsset(was) : [], groups),
            differ(name, [], groups),
          ]),
        ),
      ];
    }),
  );
};

/** What may be done to a tenant's hosts and people when these are told apart otherwise, its policy staying as it is. */
export const thingsDifference = (
  policy: TenantPolicy,
  before: AssetsAndIdentities,
  after: AssetsAndIdentities,
): PolicyDifference =>
  joinDifferences(assets(policy, before.assets, after.assets), {
    looser: [
      ...hostsExcludedNoMore(policy, before.assets, after.assets, changedAssets(before.assets, after.assets)),
      ...peopleExcludedNoMore(
        policy,
        before.identities,
        after.identities,
        changedPeople(before.identities, after.identities),
      ),
      ...guardedNoMore(policy, before, after),
    ],
    tighter: [],
  });
