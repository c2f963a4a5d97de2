/**
 * What a partner says of an event it has normalised, held to what our own sources say of theirs: kinds that are known,
 * values that can be, texts and numbers within bounds. What cannot be is left out and flagged; the event stays.
 */
import type { Entity, Observable, Ocsf, OcsfEndpoint, TelemetrySubmitted } from '#contracts';
import { observableForm } from '#libs/terms';
import { hostOf, possible } from '../envelope/said.js';
import { TIME_IMPOSSIBLE } from '../envelope/line.js';
import { compact, entityOf, observablesOf, ocsfOf } from '../sources/ocsf.js';
import { isClass } from './classes.js';

/** A value that no entity of its kind can have: the event is of an unknown one. */
const ENTITY_IMPOSSIBLE = 'entity-impossible';
/** A class that OCSF does not have; behind it which. */
const CLASS_UNKNOWN = 'class-unknown';
/** Observables or facts that cannot be, or are too many. */
const FACTS_LEFT_OUT = 'facts-left-out';
/** Texts that were too long; native has them whole. */
const FACTS_CUT = 'facts-cut';

const ENTITY_KINDS = ['host', 'user', 'cloud-principal', 'cloud-account', 'mailbox', 'device', 'ip'];
const OBSERVABLE_KINDS = new Set([
  'hostname',
  'user-name',
  'ip-address',
  'domain',
  'url',
  'file-hash',
  'file-path',
  'process-name',
  'email-address',
  'resource-uid',
]);
const LONGEST_VALUE = 1_024;
const MOST_OBSERVABLES = 32;
const CONTROLS = /\p{Cc}/u;

/** An event's facts, and what is to be said of them. */
export interface CheckedFacts {
  /** Epoch ms; absent where it is not known or cannot be. */
  occurredAt?: number;
  entity: string;
  observables: Observable[];
  ocsf: Ocsf;
  flags: string[];
}

/** Why there is no entity of that kind. */
export const whyNoEntity = ({ kind }: Entity): string | undefined =>
  ENTITY_KINDS.includes(kind)
    ? undefined
    : `There is no kind of entity ${JSON.stringify(kind.slice(0, 60))}: it is one of ${ENTITY_KINDS.join(', ')}.`;

const entityValue = ({ kind, value }: Entity): string | undefined => {
  if (kind === 'ip') return observableForm('ip-address', value);
  if (kind === 'host') return hostOf(value);
  const text = value.trim();
  return text === '' || text.length > LONGEST_VALUE || CONTROLS.test(text) ? undefined : text;
};

const isPossible = ({ kind, value }: Observable): boolean =>
  OBSERVABLE_KINDS.has(kind) &&
  value.length <= LONGEST_VALUE &&
  !CONTROLS.test(value) &&
  observableForm(kind, value) !== undefined;

type Endpoint = OcsfEndpoint | null | undefined;

const isPort = (port: number): boolean => port >= 0 && port <= 65_535;

const endpointOf = ({ ip, port, hostname }: OcsfEndpoint): OcsfEndpoint => ({
  ip: (ip && observableForm('ip-address', ip)) || null,
  port: typeof port === 'number' && isPort(port) ? port : null,
  hostname: (hostname && hostOf(hostname)) || null,
});

/** Whether an endpoint that was checked lacks what it had. */
const lacks = (checked: Endpoint, said: Endpoint): boolean =>
  (['ip', 'port', 'hostname'] as const).some((name) => (said?.[name] ?? null) !== null && checked?.[name] === null);

const lengthOf = (record: object): number =>
  Object.values(record).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);

/** OCSF's numbers: of severities 0 to 6, of activities what is not negative. */
const numbersOf = ({ severityId, activityId }: Ocsf): { severityId: number; activityId: number } => ({
  severityId: severityId >= 0 && severityId <= 6 ? severityId : 0,
  activityId: activityId >= 0 ? activityId : 0,
});

const ENDS = ['device', 'src', 'dst'] as const;
const TEXTS = ['actor', 'cloud', 'api', 'file'] as const;

const factsOf = (said: Ocsf): { ocsf: Ocsf; flags: string[] } => {
  const numbers = numbersOf(said);
  const classUid = isClass(said.classUid) ? said.classUid : 0;
  const parts: Partial<Ocsf> = Object.fromEntries([
    ...ENDS.map((name) => [name, (said[name] && compact(endpointOf(said[name]))) ?? null]),
    ...TEXTS.map((name) => [name, (said[name] && compact(said[name])) ?? null]),
  ]);
  const ocsf = ocsfOf({ classUid, activityId: numbers.activityId }, numbers.severityId, said.message, parts);
  const isLeftOut =
    numbers.severityId !== said.severityId ||
    numbers.activityId !== said.activityId ||
    ENDS.some((name) => lacks(said[name] && endpointOf(said[name]), said[name]));
  const isCut =
    ocsf.message !== said.message || TEXTS.some((name) => lengthOf(said[name] ?? {}) > lengthOf(ocsf[name] ?? {}));
  return {
    ocsf,
    flags: [
      ...(classUid === said.classUid ? [] : [`${CLASS_UNKNOWN}:${said.classUid}`]),
      ...(isLeftOut ? [FACTS_LEFT_OUT] : []),
      ...(isCut ? [FACTS_CUT] : []),
    ],
  };
};

/** Loopback addresses and accounts that every machine has link nothing, and are none, of whatever source. */
const observablesIn = (said: readonly Observable[]): { observables: Observable[]; isLeftOut: boolean } => {
  const known = said.filter(isPossible);
  const distinct = new Set(known.map(({ kind, value }) => `${kind}\n${value.toLowerCase()}`));
  return {
    observables: observablesOf(...known.map(({ kind, value }): [string, string] => [kind, value])),
    isLeftOut: known.length < said.length || distinct.size > MOST_OBSERVABLES,
  };
};

/** The facts of an event whose kind of entity is known. */
export const checkedFacts = ({ occurredAt: at, entity, observables, ocsf }: TelemetrySubmitted): CheckedFacts => {
  const value = entityValue(entity);
  const occurredAt = typeof at === 'number' ? possible(at) : undefined;
  const facts = factsOf(ocsf);
  const seen = observablesIn(observables);
  const flags = [
    ...(typeof at === 'number' && occurredAt === undefined ? [TIME_IMPOSSIBLE] : []),
    ...(value === undefined ? [ENTITY_IMPOSSIBLE] : []),
    ...facts.flags,
    ...(seen.isLeftOut ? [FACTS_LEFT_OUT] : []),
  ];
  return {
    ...(occurredAt === undefined ? {} : { occurredAt }),
    entity: entityOf(entity.kind, value),
    observables: seen.observables,
    ocsf: facts.ocsf,
    flags: [...new Set(flags)],
  };
};
