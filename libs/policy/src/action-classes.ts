/**
 * The kinds of response action, independent of any vendor: names are ours, ids are OpenC2's, RE&CT's and D3FEND's.
 * RE&CT knows no isolation of a whole host; blocking its internal address is the nearest.
 */
export interface ActionClass {
  actionClass: string;
  targetKind: 'HOST' | 'USER';
  openc2Action: string;
  reactId: string;
  d3fend: string;
  /** It takes something away from people; false: it gives back what was taken. Taking away always asks the policy. */
  takesAway: boolean;
  /** The class that undoes it. */
  inverse: string;
  /** After this time the action is undone unless prolonged; 0: it stays. */
  defaultTtlMinutes: number;
  /** What it does, in words. */
  does: string;
}

/** Sorted by name. */
export const ACTION_CLASSES = {
  'isolate-host': {
    actionClass: 'isolate-host',
    targetKind: 'HOST',
    openc2Action: 'contain',
    reactId: 'RA3102',
    d3fend: 'D3-NI',
    takesAway: true,
    inverse: 'release-host',
    defaultTtlMinutes: 24 * 60,
    does: 'cuts the host off from the network',
  },
  'release-host': {
    actionClass: 'release-host',
    targetKind: 'HOST',
    openc2Action: 'allow',
    reactId: 'RA5101',
    d3fend: 'D3-RNA',
    takesAway: false,
    inverse: 'isolate-host',
    defaultTtlMinutes: 0,
    does: 'gives the host its network back',
  },
  'suspend-user': {
    actionClass: 'suspend-user',
    targetKind: 'USER',
    openc2Action: 'deny',
    reactId: 'RA3601',
    d3fend: 'D3-AL',
    takesAway: true,
    inverse: 'unsuspend-user',
    defaultTtlMinutes: 24 * 60,
    does: 'stops the user from signing in and ends open sessions',
  },
  'unsuspend-user': {
    actionClass: 'unsuspend-user',
    targetKind: 'USER',
    openc2Action: 'allow',
    reactId: 'RA5601',
    d3fend: 'D3-ULA',
    takesAway: false,
    inverse: 'suspend-user',
    defaultTtlMinutes: 0,
    does: 'lets the user sign in again',
  },
} as const satisfies Record<string, ActionClass>;

export const actionClassOf = (name: string): ActionClass | undefined =>
  Object.hasOwn(ACTION_CLASSES, name) ? ACTION_CLASSES[name as keyof typeof ACTION_CLASSES] : undefined;
