import type { PullConfigure, PullFact, PullRequest, TenantState } from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';
import { DAY_MS, isSecretReference, pullAfter, PULLS, type PullFold, isUrl } from '#libs/terms';

const MOST_CHARACTERS = 500;
const MOST_INCLUDED = 50;
/** Vendors keep no longer, and a time of next year is a slip. */
const LONGEST_AGO_MS = 400 * DAY_MS;

type PullContext = DecisionContext<TenantState>;

const needs = (holds: boolean, sentence: string, code: string): void => {
  if (!holds) throw new Refused(sentence, code);
};

const checkPlace = ({ vendor, baseUrl, account, include }: PullConfigure['settings']): void => {
  const terms = PULLS[vendor];
  if (!terms)
    throw new Refused(`nothing is pulled from ${vendor}; there are ${Object.keys(PULLS).join(', ')}`, 'NO_SUCH_VENDOR');
  if (terms.isFolder)
    needs(/^directory:\/\/[a-z0-9-]{1,60}$/.test(baseUrl), 'a folder is directory://<name>', 'BAD_ADDRESS');
  else needs(isUrl(baseUrl) && /^https?:\/\//.test(baseUrl), 'the base address is no URL', 'BAD_ADDRESS');
  const { username, password, search, hash } = new URL(baseUrl);
  needs(!username && !password && !search && !hash, 'the base address has more to it than a place', 'BAD_ADDRESS');
  needs(Boolean(account) === Boolean(terms.account), `the account is ${terms.account ?? 'left out'}`, 'BAD_ACCOUNT');
  const all = [baseUrl, account, ...include];
  needs(
    all.every((one) => one.length <= MOST_CHARACTERS),
    `more than ${MOST_CHARACTERS} characters`,
    'TOO_LONG',
  );
  needs(include.length <= MOST_INCLUDED, `more than ${MOST_INCLUDED} things are included`, 'TOO_MANY');
  needs(!terms.include?.needed || include.length > 0, `what is included is ${terms.include?.what}`, 'BAD_INCLUDE');
  for (const one of include)
    needs(
      terms.include?.form.test(one) ?? false,
      `what is included is ${terms.include?.what ?? 'left out'}`,
      'BAD_INCLUDE',
    );
};

const configured = (request: PullConfigure, { settings, now, actor: by }: PullContext): PullFact[] => {
  const { source, since = null } = request;
  const known = settings?.sources.find(({ name }) => name === source);
  if (!known) throw new Refused(`${source} is no source of this tenant: register it first`, 'NO_SUCH_SOURCE');
  checkPlace(request.settings);
  const { vendor, secretRef } = request.settings;
  const kinds = PULLS[vendor]?.kinds ?? [];
  needs(
    PULLS[vendor]?.isFolder === true || kinds.includes(known.kind),
    `${source} is of ${known.kind}; ${vendor} is read by ${kinds.join(', ')}`,
    'WRONG_KIND',
  );
  const isLetIn = PULLS[vendor]?.isFolder ? secretRef === '' : isSecretReference(secretRef);
  needs(
    isLetIn,
    PULLS[vendor]?.isFolder ? 'a folder needs no secret' : 'the reference of the secret is no name',
    'BAD_SECRET_REF',
  );
  needs(
    since === null || (since <= now && since > now - LONGEST_AGO_MS),
    'it begins within the last 400 days',
    'BAD_TIME',
  );
  return [{ type: 'pull.configured', source, settings: request.settings, since, by, at: now }];
};

const told = (
  request: Exclude<PullRequest, { type: 'pull.configure' }>,
  fold: PullFold,
  { now: at, actor: by }: PullContext,
): PullFact[] => {
  const { source } = request;
  const { failing } = fold;
  switch (request.type) {
    case 'pull.remove':
      return [{ type: 'pull.removed', source, failingSince: failing?.since ?? null, by, at }];
    case 'pull.begin':
      return [{ type: 'pull.begun', source, run: request.run, at }];
    case 'pull.advance':
      return [{ ...request, type: 'pull.advanced', at }];
    case 'pull.record-failure': {
      const { code, sentence } = request;
      return failing?.code === code
        ? []
        : [{ type: 'pull.failed', source, code, sentence, since: failing?.since ?? at, at }];
    }
    case 'pull.record-recovery':
      return failing ? [{ type: 'pull.recovered', source, since: failing.since, at }] : [];
  }
};

/** From where telemetry of a source is pulled, who does it, how far it is, and whether it can be. */
export const pullStream: Decider<PullFold | undefined, PullRequest, PullFact, TenantState> = {
  subject: 'pull',
  version: 1,
  key: ({ source }) => source,
  initial: () => undefined,
  evolve: pullAfter,
  decide: (request, fold, context) => {
    if (request.type === 'pull.configure') return configured(request, context);
    // A source was removed: of most nothing is pulled.
    if (!fold && request.type === 'pull.remove' && context.roles.includes('SERVICE')) return [];
    if (!fold) throw new Refused(`${request.source} is not pulled`, 'NOT_PULLED');
    const isStale =
      request.type === 'pull.begin' ? request.run <= fold.run : 'run' in request && request.run !== fold.run;
    needs(!isStale, 'another instance pulls it, or it was configured anew', 'STALE_RUN');
    return told(request, fold, context);
  },
};
