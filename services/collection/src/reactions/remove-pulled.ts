import type { PullRemove, TenantSourceRemoved } from '#contracts';
import type { Reaction } from '#libs/model';

/** Of a source that was removed nothing is pulled any more; where nothing was, this changes nothing. */
export const removePulled: Reaction<TenantSourceRemoved, PullRemove> = {
  name: 'remove-pulled',
  hears: ['tenant.source-removed'],
  react: ({ message: { source } }) => [{ request: { type: 'pull.remove', source } }],
};
