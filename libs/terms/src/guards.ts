import type { Asset, Identity, PolicyGuards } from '#contracts';

/** What holds unless the customer says otherwise; the same as the defaults of `vigie.PolicyGuards`. */
export const STANDARD_GUARDS: Readonly<PolicyGuards> = {
  criticalAssets: true,
  privilegedIdentities: true,
  minConfidence: 60,
  hostsPerHour: 10,
  hostsPercent: 5,
};

/** As many in a day as in so many of its hours at once: a slow outbreak counts, too. */
const HOURS_A_DAY = 3;
/** Of a small office these many may be acted on, whatever their share. */
const HOSTS_AT_LEAST = 3;

/**
 * How many hosts may be acted on without a person, in an hour and in a day.
 * @param known how many hosts are registered. @returns undefined where the customer has switched it off.
 */
export const hostsAllowed = (
  { hostsPerHour, hostsPercent }: Pick<PolicyGuards, 'hostsPerHour' | 'hostsPercent'>,
  known: number,
): { inHour: number; inDay: number } | undefined => {
  if (hostsPerHour <= 0) return undefined;
  const share =
    hostsPercent > 0 && known > 0
      ? Math.max(HOSTS_AT_LEAST, Math.floor((known * hostsPercent) / 100))
      : Number.POSITIVE_INFINITY;
  const inHour = Math.min(hostsPerHour, share);
  return { inHour, inDay: inHour * HOURS_A_DAY };
};

/** That bound in words. */
export const hostsAllowedText = ({
  hostsPerHour,
  hostsPercent,
}: Pick<PolicyGuards, 'hostsPerHour' | 'hostsPercent'>): string => {
  const share = hostsPercent > 0 ? `, or ${hostsPercent} % of those known if that is more than ${HOSTS_AT_LEAST}` : '';
  return `more than ${hostsPerHour} hosts in an hour${share}, or ${HOURS_A_DAY} times as many in a day, without a person`;
};

export const isCritical = ({ criticality }: Pick<Asset | Identity, 'criticality'>): boolean =>
  criticality === 'CRITICAL';

/** Begins the name of the group that each asset is by itself, so that an override may name a single one. */
const ITSELF = 'asset:';

/** @returns whether no other asset may be put into a group of that name. */
export const isGroupOfOne = (group: string): boolean => group.trim().toLowerCase().startsWith(ITSELF);

/** The groups an override finds an asset in: those it is registered with, and itself (`asset:<assetId>`). */
export const groupsOfAsset = ({ assetId, groups }: Pick<Asset, 'assetId' | 'groups'>): string[] => [
  ...groups.filter((group) => !isGroupOfOne(group)),
  `${ITSELF}${assetId}`,
];
