import type { Asset, Identity, TenantPolicy } from '#contracts';
import { compared, together, type Difference } from './difference.js';
import { cellsOf, governing, linesOf, type Cell } from './lines.js';

export interface Things {
  assets: Asset[];
  identities: Identity[];
}

const NOTHING: Difference = { looser: [], tighter: [] };
const plain = (name: string): string => name.trim().toLowerCase();
/** A short name and the full ones that begin with it may be one host. */
const bareHost = (name: string): string => plain(name).split('.')[0] ?? '';
/** `acme\alice`, `alice@acme.example` and `alice` may be one person. */
const bareUser = (name: string): string => plain(name).slice(plain(name).lastIndexOf('\\') + 1).split('@')[0] ?? '';

const changed = <Thing>(before: Thing[], after: Thing[], idOf: (thing: Thing) => string): { was: Thing | undefined; is: Thing }[] => {
  const known = new Map(before.map((thing) => [idOf(thing), thing]));
  return after.map((is) => ({ was: known.get(idOf(is)), is })).filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is));
};

/** Compares the groups of hosts: under one policy, what decides for the one and for the other. */
const groupsCompared = (policy: TenantPolicy) => {
  const lines = linesOf(policy);
  const cells = cellsOf(policy);
  const mentioned = new Set(policy.overrides.flatMap(({ assetGroups }) => assetGroups));
  const known = new Map<string, Difference>();
  const decides = (groups: string[]) => (cell: Cell) => [governing(lines(cell), groups) ?? { rule: '', mode: policy.mode, groups: [] }];
  return (host: string, before: readonly string[], after: readonly string[]): Difference => {
    const [was, is] = [before, after].map((groups) => groups.filter((group) => mentioned.has(group)).sort()) as [string[], string[]];
    if (was.join('\n') === is.join('\n')) return NOTHING;
    const key = JSON.stringify([was, is]);
    const difference = known.get(key) ?? compared(cells, decides(was), decides(is), '', policy.overrides.length + 1);
    known.set(key, difference);
    return { looser: difference.looser.map((one) => `${host}: ${one}`), tighter: difference.tighter.map((one) => `${host}: ${one}`) };
  };
};

/**
 * A host that is registered or changed is compared with all that its names may have stood for: itself, hosts that share a name
 * without its domain, and a host that nobody had registered, which is in no group. So is one that loses a name.
 */
const assets = (policy: TenantPolicy, before: Asset[], after: Asset[]): Difference => {
  if (policy.overrides.every(({ assetGroups }) => assetGroups.length === 0)) return NOTHING;
  const differ = groupsCompared(policy);
  const ofName = new Map<string, Asset[]>();
  for (const asset of before) for (const name of new Set(asset.hostnames.map(bareHost))) ofName.set(name, [...(ofName.get(name) ?? []), asset]);
  const owned = new Set(after.flatMap(({ hostnames }) => hostnames));
  return together(...changed(before, after, ({ assetId }) => assetId).flatMap(({ was, is }) => {
    const host = is.hostnames[0] ?? is.assetId;
    const stoodFor = new Set([...(was ? [was] : []), ...is.hostnames.flatMap((name) => ofName.get(bareHost(name)) ?? [])]);
    const fresh = is.hostnames.some((name) => !ofName.has(bareHost(name)));
    const lost = (was?.hostnames ?? []).filter((name) => !owned.has(name));
    return [
      ...[...stoodFor].map(({ groups }) => differ(host, groups, is.groups)),
      ...(fresh ? [differ(host, [], is.groups)] : []),
      ...lost.map((name) => differ(name, was?.groups ?? [], [])),
    ];
  }));
};

interface Named { names: readonly string[]; kind: string }

/** A thing that an exclusion meets by one of its names must keep them all: by each it may be known tomorrow. */
const names = (policy: TenantPolicy, pairs: { was: Named; is: Named }[], bare: (name: string) => string): string[] => {
  const excluded = new Map(policy.exclusions.map(({ entity }) => {
    const [kind = '', ...name] = plain(entity).split(':');
    return [`${kind}:${bare(name.join(':'))}`, entity];
  }));
  return pairs.flatMap(({ was, is }) => {
    const met = was.names.map((name) => excluded.get(`${was.kind}:${bare(name)}`)).find(Boolean);
    return met ? was.names.filter((name) => !is.names.includes(name)).map((name) => `${name} counts no more as the excluded ${met}`) : [];
  });
};

const asHosts = ({ was, is }: { was: Asset | undefined; is: Asset }) => ({ was: { names: was?.hostnames ?? [], kind: 'host' }, is: { names: is.hostnames, kind: 'host' } });
const asUsers = ({ was, is }: { was: Identity | undefined; is: Identity }) => ({ was: { names: was?.names ?? [], kind: 'user' }, is: { names: is.names, kind: 'user' } });

/** What may be done to a tenant's hosts and people when these are told apart otherwise, its policy staying as it is. */
export const thingsDifference = (policy: TenantPolicy, before: Things, after: Things): Difference => together(
  assets(policy, before.assets, after.assets),
  {
    looser: [
      ...names(policy, changed(before.assets, after.assets, ({ assetId }) => assetId).map(asHosts), bareHost),
      ...names(policy, changed(before.identities, after.identities, ({ identityId }) => identityId).map(asUsers), bareUser),
    ],
    tighter: [],
  },
);
