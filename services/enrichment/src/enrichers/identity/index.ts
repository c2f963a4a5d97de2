/** The tenant's registered person or cloud principal in an event; the one that matters most when there are several. */
import type { Identity, IdentityContext } from '#contracts';
import { onceFor } from '#libs/model';
import { criticalityRank } from '#libs/terms';
import type { Enricher, SlimEvent } from '../enricher.js';
import { namesOf } from '../names.js';

const contextOf = ({ identityId, names, criticality, unit, privileged }: Identity): IdentityContext => ({
  identityId,
  name: names[0] ?? identityId,
  criticality,
  unit,
  privileged,
});

/** Made once for each list, which stays the same while what else is agreed with the tenant changes. */
const byName = onceFor(
  (identities: readonly Identity[]) =>
    new Map(
      identities.flatMap((one) =>
        one.names.map((name): [string, IdentityContext] => [name.toLowerCase(), contextOf(one)]),
      ),
    ),
);
const NOBODY: readonly Identity[] = [];

const weight = ({ criticality, privileged }: IdentityContext): number =>
  criticalityRank(criticality) * 2 + (privileged ? 1 : 0);

const find = (identities: Map<string, IdentityContext>, event: SlimEvent): IdentityContext | undefined => {
  let best: IdentityContext | undefined;
  for (const name of namesOf(event, ['user', 'cloud-principal'], ['user-name', 'email-address', 'resource-uid'])) {
    const found = identities.get(name);
    if (found && (!best || weight(found) > weight(best))) best = found;
  }
  return best;
};

export const identity: Enricher = {
  name: 'identity',
  prepare: ({ settings }) => {
    const identities = byName(settings?.identities ?? NOBODY);
    return (event) => {
      const found = identities.size === 0 ? undefined : find(identities, event);
      return found && { identity: found };
    };
  },
};
