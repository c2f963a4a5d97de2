import type { Asset, Connector, Contact, Identity, TelemetrySource } from '#contracts';
import { CHANNELS, isGroupOfOne, isHook, isSource, SOURCE_NAME_RULE, isVendor } from '#libs/terms';
import { address, matches, must, secretRef, requiredText, unique, wholeNumber } from './checks.js';

/** So that the full form of a tenant fits into one message. */
const THINGS_AT_MOST = 2_000;
const WINDOW = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

export const contactsOf = (contacts: Contact[]): Contact[] => {
  must(contacts.length <= 50, 'contacts', 'a tenant has at most 50 contacts');
  return contacts.map((contact) => {
    const name = requiredText(contact.name, 'name of a contact');
    must(CHANNELS.includes(contact.channel), 'channel', `the channel of ${name} must be ${CHANNELS.join(', ')}`);
    must(
      contact.channel === 'portal' ? contact.subject.trim() !== '' : contact.address.trim() !== '',
      'contact',
      `${name} cannot be reached by ${contact.channel}: an address or, for the portal, a subject is missing`,
    );
    if (contact.channel === 'mail')
      matches(
        contact.address.trim(),
        /^[^\s@]+@[^\s@]+$/,
        `mail address of ${name}`,
        'one such as soc@customer.example',
      );
    if (isHook(contact.channel)) secretRef(contact.address.trim());
    if (contact.callWindow !== '') matches(contact.callWindow, WINDOW, `call window of ${name}`, 'HH:MM-HH:MM');
    return { ...contact, name, subject: contact.subject.trim(), address: contact.address.trim() };
  });
};

const lower = (names: string[]): string[] => [
  ...new Set(names.map((name) => name.trim().toLowerCase()).filter(Boolean)),
];

/** Puts new ones over known ones of the same id; the order of first registration stays. */
const merged = <Thing>(known: Thing[], fresh: Thing[], id: (thing: Thing) => string): Thing[] => {
  unique(fresh.map(id), 'id');
  return [...new Map([...known, ...fresh].map((thing) => [id(thing), thing])).values()];
};

const named = (things: { id: string; names: string[] }[], what: string): void => {
  must(things.length <= THINGS_AT_MOST, what, `a tenant has at most ${THINGS_AT_MOST} of what is an ${what}`);
  const owners = new Map<string, string>();
  for (const { id, names } of things) {
    must(names.length > 0, what, `${what} ${id} needs a name it shows up with in telemetry`);
    for (const name of names) {
      must((owners.get(name) ?? id) === id, what, `'${name}' belongs to ${what} ${owners.get(name)} already`);
      owners.set(name, id);
    }
  }
};

export const assetsOf = (known: Asset[], fresh: Asset[]): Asset[] => {
  const all = merged(
    known,
    fresh.map((asset) => ({
      ...asset,
      assetId: requiredText(asset.assetId, 'id of an asset'),
      hostnames: lower(asset.hostnames),
    })),
    ({ assetId }) => assetId,
  );
  must(
    !fresh.some(({ groups }) => groups.some(isGroupOfOne)),
    'asset group',
    'a group whose name begins with asset: is the asset of that id, and no other is put into it',
  );
  named(
    all.map(({ assetId, hostnames }) => ({ id: assetId, names: hostnames })),
    'asset',
  );
  return all;
};
export const identitiesOf = (known: Identity[], fresh: Identity[]): Identity[] => {
  const all = merged(
    known,
    fresh.map((one) => ({
      ...one,
      identityId: requiredText(one.identityId, 'id of an identity'),
      names: lower(one.names),
    })),
    ({ identityId }) => identityId,
  );
  named(
    all.map(({ identityId, names }) => ({ id: identityId, names })),
    'identity',
  );
  return all;
};

/** Registered at once, and ever: the formats of removed ones are kept. */
const [SOURCES_AT_MOST, SOURCES_EVER] = [100, 1_000];

/**
 * A source's format is for ever: what lies in its topic was written in it.
 * @param former what was removed.
 */
export const sourceOf = (
  known: TelemetrySource[],
  former: TelemetrySource[],
  source: TelemetrySource,
): TelemetrySource => {
  matches(source.name, isSource, 'name of a source', SOURCE_NAME_RULE);
  must(source.kind !== 'UNKNOWN', 'source', 'a source needs its format');
  wholeNumber(source.silentAfterMinutes, 1, 43_200, 'minutes until a source is silent');
  const isRegistered = known.some(({ name }) => name === source.name);
  const before = [...known, ...former].find(({ name }) => name === source.name);
  must(
    !before || before.kind === source.kind,
    'source',
    `source ${source.name} is ${before?.kind}: register another name`,
  );
  must(isRegistered || known.length < SOURCES_AT_MOST, 'source', `a tenant has at most ${SOURCES_AT_MOST} sources`);
  const ever = known.length + former.length;
  must(before !== undefined || ever < SOURCES_EVER, 'source', `a tenant names at most ${SOURCES_EVER} sources ever`);
  return source;
};

export const connectorOf = (connector: Connector): Connector => ({
  vendor: matches(connector.vendor, isVendor, 'vendor', 'the name of a response connector'),
  baseUrl: address(connector.baseUrl, 'base URL'),
  secretRef: secretRef(connector.secretRef),
  account: connector.account.trim(),
});
