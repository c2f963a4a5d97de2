import type { Asset, Identity, PolicyGuards } from '#contracts';

/** What holds unless the customer says otherwise; the same as the defaults of `vigie.PolicyGuards`. */
export const STANDARD_GUARDS: Readonly<PolicyGuards> = {
  criticalAssets: true,
  privilegedIdentities: true,
  minConfidence: 60,
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
