import { jsonInText } from '../../json-cost.js';
import type { Json, JsonObject } from '../../json.js';
import { isObject, type Derived } from '../shared/derived.js';

const FORWARDING = new Set([
  'forwardingsmtpaddress',
  'forwardingaddress',
  'forwardto',
  'forwardasattachmentto',
  'redirectto',
  'redirectmessageto',
  'blindcopyto',
]);
const OWNERS = new Set(['identity', 'mailbox']);
const MOST_PAIRS = 200;

/** A field in the vendor's spelling, or in the lower case of some forwarders. */
const said = (event: JsonObject, name: string): Json | undefined => event[name] ?? event[name.toLowerCase()];

const recordOf = (event: JsonObject): JsonObject => {
  const inside = said(event, 'AuditData');
  const record = typeof inside === 'string' ? jsonInText(inside) : inside;
  return isObject(record) ? record : event;
};

const domainsIn = (text: Json | undefined): string[] =>
  typeof text === 'string'
    ? [...text.slice(0, 4_096).matchAll(/@([a-z0-9.-]{1,253})/gi)].map(([, domain = '']) => domain.toLowerCase())
    : [];

/**
 * Where an operation of Exchange has mail forwarded: `ForwardsTo` is `outside` when an address is in none of the
 * domains of the user, the mailbox and the organisation, else `inside`; absent where nothing is forwarded.
 */
export const m365 = (event: JsonObject): Derived => {
  const record = recordOf(event);
  const list = said(record, 'Parameters');
  const pairs = typeof list === 'string' ? jsonInText(list) : list;
  const parameters = (Array.isArray(pairs) ? pairs.slice(0, MOST_PAIRS) : [])
    .filter(isObject)
    .map(({ Name, Value }) => ({ name: String(Name).toLowerCase(), value: Value }));
  const targets = parameters.filter(({ name }) => FORWARDING.has(name)).flatMap(({ value }) => domainsIn(value));
  if (targets.length === 0) return { fields: {} };
  const organisation = said(record, 'OrganizationName');
  const own = [
    ...domainsIn(said(record, 'UserId')),
    ...parameters.filter(({ name }) => OWNERS.has(name)).flatMap(({ value }) => domainsIn(value)),
    ...(typeof organisation === 'string' && organisation !== '' ? [organisation.toLowerCase()] : []),
  ];
  const isOwn = (domain: string): boolean => own.some((one) => domain === one || domain.endsWith(`.${one}`));
  return { fields: { ForwardsTo: targets.every(isOwn) ? 'inside' : 'outside' } };
};
