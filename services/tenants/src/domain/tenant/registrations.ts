import type { Asset, Connector, Contact, Identity, TelemetrySource } from '#contracts';
import {
  assetsCalled,
  CHANNELS,
  foldName,
  identitiesCalled,
  isGroupOfOne,
  isHook,
  isSource,
  isVendor,
  SOURCE_NAME_RULE,
} from '#libs/terms';
import { address, matches, must, secretRef, requiredText, unique, wholeNumber } from './checks.js';
import { assetsWith, identitiesWith, newIn } from './in-place.js';

/** Of assets, and of identities. What is more comes in several requests: what comes of one fits into a commit. */
const [THINGS_AT_MOST, A_REQUEST_AT_MOST] = [250_000, 2_000];
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

/** What is said of things of one kind. */
interface RegisteredKind<Thing> {
  what: string;
  idOf(thing: Thing): string;
  namesOf(thing: Thing): readonly string[];
  /** Those of a name in its folded form. */
  called(things: readonly Thing[], name: string): readonly Thing[];
}

/** All with the new ones, each name of one owner. Only what is new is looked at: the rest was, when it came. */
const together = <Thing>(
  { what, idOf, namesOf, called }: RegisteredKind<Thing>,
  known: Thing[],
  fresh: Thing[],
  merged: (known: Thing[], fresh: readonly Thing[]) => Thing[],
): Thing[] => {
  must(
    fresh.length <= A_REQUEST_AT_MOST,
    what,
    `a request names at most ${A_REQUEST_AT_MOST} of what is an ${what}: say them in several`,
  );
  unique(fresh.map(idOf), 'id');
  const all = merged(known, fresh);
  must(all.length <= THINGS_AT_MOST, what, `a tenant has at most ${THINGS_AT_MOST} of what is an ${what}`);
  for (const thing of newIn(all, known)) {
    const names = namesOf(thing);
    must(names.length > 0, what, `${what} ${idOf(thing)} needs a name it shows up with in telemetry`);
    for (const name of names) {
      const other = called(all, foldName(name)).find((one) => one !== thing && namesOf(one).includes(name));
      must(!other, what, `'${name}' belongs to ${what} ${other && idOf(other)} already`);
    }
  }
  return all;
};

const ASSETS: RegisteredKind<Asset> = {
  what: 'asset',
  idOf: ({ assetId }) => assetId,
  namesOf: ({ hostnames }) => hostnames,
  called: (assets, name) => assetsCalled(assets, name).exact,
};
const IDENTITIES: RegisteredKind<Identity> = {
  what: 'identity',
  idOf: ({ identityId }) => identityId,
  namesOf: ({ names }) => names,
  called: (identities, name) => identitiesCalled(identities, name).exact,
};

export const assetsOf = (known: Asset[], fresh: Asset[]): Asset[] => {
  must(
    !fresh.some(({ groups }) => groups.some(isGroupOfOne)),
    'asset group',
    'a group whose name begins with asset: is the asset of that id, and no other is put into it',
  );
  const checked = fresh.map((asset) => ({
    ...asset,
    assetId: requiredText(asset.assetId, 'id of an asset'),
    hostnames: lower(asset.hostnames),
  }));
  return together(ASSETS, known, checked, assetsWith);
};
export const identitiesOf = (known: Identity[], fresh: Identity[]): Identity[] => {
  const checked = fresh.map((one) => ({
    ...one,
    identityId: requiredText(one.identityId, 'id of an identity'),
    names: lower(one.names),
  }));
  return together(IDENTITIES, known, checked, identitiesWith);
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
