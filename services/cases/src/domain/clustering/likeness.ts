import { cut } from '#libs/model';
import { HOUR_MS } from '#libs/terms';
import { isTelling } from './group.js';
import { inWords, isIndicated, kindOf, knows, tacticAt, THRESHOLD, weightOf, type FindingTraits } from './names.js';
import { groupsIn, type TrackedCase } from './tracked-case.js';

/** Event time between two activities of one case. */
const WINDOW_MS = 24 * HOUR_MS;
/** On a host of the case, when the attack moves on along the chain. */
const CHAIN_WINDOW_MS = 72 * HOUR_MS;
/** So long may what is not bound to a person or host link findings of different hosts. */
const NEAR_MS = HOUR_MS;
/** Of a group key, in words. */
const SHOWN = 100;

/** @returns event time between the finding and the nearest activity of the case, in ms; 0 inside its span. */
export const gapMs = ({ firstAt, lastAt }: TrackedCase, occurredAt: number): number =>
  Math.max(0, firstAt - occurredAt, occurredAt - lastAt);

const elapsed = (ms: number): string => {
  if (ms < 60_000) return 'less than a minute';
  if (ms < HOUR_MS) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / HOUR_MS)} h`;
};

/** Each kind of entity counts once; an address, name or hash beside a known indicator counts in full. */
const scoreOf = (shared: string[], indicated: boolean): number => {
  const byKind = new Map(
    shared.map((name) => [kindOf(name), indicated && isIndicated(name) ? THRESHOLD : weightOf(name)]),
  );
  return [...byKind.values()].reduce((sum, weight) => sum + weight, 0);
};

const bindsAcrossHosts = (name: string, indicated: boolean): boolean =>
  ['mailbox', 'cloud-principal'].includes(kindOf(name)) || (indicated && isIndicated(name));

const names = (kind: string, list: string[]): boolean => list.some((name) => kindOf(name) === kind);

/**
 * Whether a rule found again what it found before: the same group key, in another window. Where both sides name
 * machines, by name or private address, they have one in common: hosts that only use the same file or server, which
 * their rule happens to group by, are not one case.
 */
const isFoundAgain = (finding: FindingTraits, tracked: TrackedCase, shared: string[]): boolean => {
  if (finding.group === '' || !groupsIn(tracked).includes(finding.group)) return false;
  for (const kind of ['host', 'private-ip']) {
    if (names(kind, shared)) return true;
    if (names(kind, finding.names) && names(kind, Object.keys(tracked.names))) return false;
  }
  return isTelling(finding.groupKey);
};

/**
 * Whether a finding belongs to a case: within 24 h of event time it shares enough entities, or is of the same rule and
 * group key; or it moves the attack on along the ATT&CK chain on a host of the case within 72 h. Between different
 * hosts more than an hour apart an account, a process, a file or an address links nothing.
 * @returns the reason in words, or undefined when it does not belong.
 */
export const likeness = (finding: FindingTraits, tracked: TrackedCase): string | undefined => {
  const gap = gapMs(tracked, finding.occurredAt);
  if (gap > CHAIN_WINDOW_MS) return undefined;
  const shared = finding.names.filter((name) => knows(tracked.names, name));
  const host = shared.find((name) => kindOf(name) === 'host');
  if (gap > WINDOW_MS) {
    if (!host || finding.reach <= tracked.reach || tracked.reach < 0) return undefined;
    return `continues the attack on ${inWords(host)} from ${tacticAt(tracked.reach)} to ${tacticAt(finding.reach)}, ${elapsed(gap)} after case ${tracked.number}`;
  }
  const indicated = finding.knownIndicator && tracked.knownIndicator;
  const disjoint =
    !host && finding.hosts.length > 0 && Object.keys(tracked.names).some((name) => kindOf(name) === 'host');
  const counted = disjoint && gap > NEAR_MS ? shared.filter((name) => bindsAcrossHosts(name, indicated)) : shared;
  const when = gap === 0 ? 'at the same time' : `${elapsed(gap)} apart`;
  if (scoreOf(counted, indicated) < THRESHOLD) {
    return isFoundAgain(finding, tracked, shared)
      ? `is of the same rule and group (${cut(finding.groupKey, SHOWN)}) as one of case ${tracked.number}, ${when}`
      : undefined;
  }
  const words = [...counted]
    .sort((a, b) => weightOf(b) - weightOf(a))
    .slice(0, 3)
    .map(inWords)
    .join(', ');
  return `shares ${words} with case ${tracked.number}, ${when}`;
};
