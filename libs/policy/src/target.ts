import type { ActionTarget, TenantState } from '#contracts';
import { findAssets, findIdentities, groupsOfAsset, isCritical } from '#libs/terms';
import type { PolicyTarget } from './types.js';

/** Whom an action is directed at, as far as the tenant's settings tell now. */
export interface TargetKnown {
  target: PolicyTarget;
  /** Groups of the registered asset that it surely is. */
  groups: string[];
  /** What its groups may be: of each asset that it may be, and none. One entry where nothing is in doubt. */
  perhaps: string[][];
}

/**
 * Looks the target up by every name it is known by. Nobody hands its groups in: they are those of the registered asset,
 * and where it is in doubt which one that is, whoever asks must bear with each. An identity has no groups.
 * @param names beyond those of the target itself: the vendor's.
 */
export const targetKnown = (
  { kind, id, entity }: ActionTarget,
  names: readonly string[],
  { assets, identities }: Pick<TenantState, 'assets' | 'identities'>,
): TargetKnown => {
  const told = [id, entity.slice(entity.indexOf(':') + 1), ...names];
  if (kind === 'USER') {
    const { possible } = findIdentities(identities, told);
    return {
      target: {
        kind,
        entity,
        names: [...told, ...possible.flatMap((one) => one.names)],
        critical: possible.some(isCritical),
        privileged: possible.some(({ privileged }) => privileged),
      },
      groups: [],
      perhaps: [[]],
    };
  }
  const { sure, possible } = findAssets(assets, told);
  return {
    target: {
      kind,
      entity,
      names: [...told, ...possible.flatMap(({ hostnames }) => hostnames)],
      critical: possible.some(isCritical),
      privileged: false,
    },
    groups: sure?.groups ?? [],
    perhaps: sure ? [groupsOfAsset(sure)] : [[], ...possible.map(groupsOfAsset)],
  };
};
