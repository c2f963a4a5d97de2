import { readEvent, type JsonObject, type SourceKind } from '#libs/sigma';
import type { Ocsf, Observable } from '#contracts';
import { compact, observablesOf } from './ocsf.js';
import { ipOf, portOf, textOf, wholeOf } from './json-values.js';
import { anyTimeOf, firstDeviceTime, journalTime, type DeviceTime } from './any-time.js';
import type { NativeJson, NativeObject } from './source.js';

/** An event by the names of Sigma's taxonomy: the rules' mapping finds the fields, whatever form the event has. */
export interface TaxonomyView {
  /** process_creation, file_event, proxy …, or what else an agent's record is about; empty for none. */
  category: string;
  services: string[];
  /** The first text among fields. */
  text(...fields: string[]): string | undefined;
  /** Every text of a field. */
  texts(field: string): string[];
  ip(...fields: string[]): string | undefined;
  time(...fields: string[]): number | undefined;
  /**
   * When the device that wrote it says that it happened: by its clock on the wall where no zone is said.
   * @param better values that count before the fields.
   */
  when(fields: readonly string[], zone?: string, better?: readonly (NativeJson | undefined)[]): DeviceTime;
  value(field: string): NativeJson | undefined;
}

const listOf = (value: NativeJson | undefined): NativeJson[] =>
  Array.isArray(value) ? value.flatMap(listOf) : value === undefined ? [] : [value];
const first = <T>(fields: readonly string[], read: (field: string) => T | undefined): T | undefined => {
  for (const field of fields) {
    const found = read(field);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Fields that hold UTC by what their vendors say of them, also where they do not say so themselves. */
const OF_UTC = new Set([
  'UtcTime',
  'Event.System.TimeCreated.SystemTime',
  'TimeGenerated',
  'Timestamp',
  'StartUTC',
  'query_timestamp',
  'EdgeStartTimestamp',
  'Datetime',
]);
const inUtc = (field: string, value: NativeJson | undefined): NativeJson | undefined =>
  OF_UTC.has(field) ? (anyTimeOf(value) ?? value) : value;

function* timesUnder(
  fields: readonly string[],
  better: readonly (NativeJson | undefined)[],
  value: TaxonomyView['value'],
  event: NativeObject,
): Generator<NativeJson | undefined> {
  yield* better;
  for (const field of fields) yield inUtc(field, value(field));
  yield journalTime(event);
}

export const taxonomyView = (kind: SourceKind, event: NativeObject): TaxonomyView => {
  // Parsed JSON holds no undefined members.
  const { logsources, find } = readEvent(kind, event as JsonObject);
  const value = (field: string): NativeJson | undefined => listOf(find(field))[0];
  return {
    category:
      logsources.find(({ category }) => category !== undefined)?.category ?? textOf(value('derived.category')) ?? '',
    services: logsources.map(({ service }) => service).filter((service) => service !== undefined),
    text: (...fields) => first(fields, (field) => textOf(value(field))),
    texts: (field) =>
      listOf(find(field))
        .map(textOf)
        .filter((text) => text !== undefined),
    ip: (...fields) => first(fields, (field) => ipOf(value(field))),
    time: (...fields) => first(fields, (field) => anyTimeOf(value(field))),
    when: (fields, zone, better = []) =>
      firstDeviceTime(timesUnder(fields, better, value, event), zone, () => textOf(value('derived.yearless'))),
    value,
  };
};

export const fileName = (path: string | undefined): string | undefined => path?.slice(path.lastIndexOf('/') + 1);

const hashesOf = (seen: TaxonomyView): string[] =>
  ['Hashes', 'SHA256', 'MD5', 'SHA1']
    .flatMap((field) => seen.texts(field))
    .flatMap((text) => text.split(','))
    .map((text) => text.replace(/^[A-Z0-9]+=/i, ''))
    .filter((text) => /^[0-9a-f]{32,64}$/i.test(text));

/** Actor, file and traffic of an endpoint's event, and its observables. */
export const endpointParts = (
  seen: TaxonomyView,
  host: string | undefined,
): { parts: Partial<Ocsf>; observables: Observable[] } => {
  const image = seen.text('Image');
  const user = userName(seen.text('User', 'TargetUserName'));
  const [path, src, dst] = [
    seen.category.startsWith('file') ? seen.text('TargetFilename') : undefined,
    seen.ip('SourceIp', 'IpAddress'),
    seen.ip('DestinationIp'),
  ];
  const hashes = hashesOf(seen);
  return {
    parts: {
      device: compact({ hostname: host }),
      actor: compact({
        userName: user,
        userUid: numberOf(seen.text('auid', 'UserId')),
        processName: fileName(image),
        processPath: image,
        commandLine: seen.text('CommandLine'),
        pid: wholeOf(seen.value('ProcessId')),
        parentProcessName: fileName(seen.text('ParentImage')),
        parentCommandLine: seen.text('ParentCommandLine'),
      }),
      src: compact({ ip: src, port: portOf(seen.value('SourcePort')) }),
      dst: compact({
        ip: dst,
        port: portOf(seen.value('DestinationPort')),
        hostname: seen.text('DestinationHostname'),
      }),
      file: compact({
        path,
        sha256: hashes.find(({ length }) => length === 64),
        md5: hashes.find(({ length }) => length === 32),
      }),
    },
    observables: observablesOf(
      ['hostname', host],
      ['user-name', user],
      ['ip-address', src],
      ['ip-address', dst],
      ['domain', seen.text('DestinationHostname', 'QueryName')],
      ['process-name', fileName(image)],
      ['file-path', path],
      ...hashes.map((hash): [string, string] => ['file-hash', hash]),
    ),
  };
};

/** How Linux writes that nobody has logged on. */
const NOBODY = new Set(['unset', '4294967295', '-1', '?', '(unknown user)', '(invalid user)', '(unknown)']);
const numberOf = (user: string | undefined): string | undefined =>
  user === undefined || NOBODY.has(user) ? undefined : user;

/** Accounts every machine has link nothing to nothing; numbers are no names. */
const userName = (user: string | undefined): string | undefined =>
  user === undefined || /^\d+$/.test(user) || NOBODY.has(user) ? undefined : user.slice(user.lastIndexOf('\\') + 1);
