import { isUtf8 } from 'node:buffer';
import type { EventContext, Observable, Ocsf, TelemetryEvent } from '#contracts';

type EventFields = 'id' | 'occurredAt' | 'ingestedAt' | 'entity' | 'observables' | 'flags' | 'native' | 'envelope';
type OcsfFields = 'classUid' | 'activityId' | 'severityId' | 'message';
type PartOf<Of, Fields extends keyof NonNullable<Of>> = Pick<NonNullable<Of>, Fields> | null;

/** What the columns are made of: `EVENT_FIELDS` names the same. */
export interface EventOfRow extends Pick<TelemetryEvent, EventFields> {
  ocsf: Pick<Ocsf, OcsfFields> & {
    device?: PartOf<Ocsf['device'], 'hostname'>;
    actor?: PartOf<Ocsf['actor'], 'userName' | 'processName' | 'processPath' | 'commandLine' | 'parentProcessName'>;
    src?: PartOf<Ocsf['src'], 'ip' | 'port'>;
    dst?: PartOf<Ocsf['dst'], 'ip' | 'port'>;
    cloud?: PartOf<Ocsf['cloud'], 'accountUid'>;
    api?: PartOf<Ocsf['api'], 'operation' | 'service' | 'status'>;
    file?: PartOf<Ocsf['file'], 'path' | 'sha256'>;
  };
}

const OCSF_FIELDS = [
  ...['classUid', 'activityId', 'severityId', 'message', 'device.hostname', 'cloud.accountUid'],
  ...['actor.userName', 'actor.processName', 'actor.processPath', 'actor.commandLine', 'actor.parentProcessName'],
  ...['src.ip', 'src.port', 'dst.ip', 'dst.port', 'file.path', 'file.sha256'],
  ...['api.operation', 'api.service', 'api.status'],
];
/** Paths of what is read of an event: reading all of it costs half as much again. */
export const EVENT_FIELDS: string[] = [
  ...['id', 'occurredAt', 'ingestedAt', 'entity', 'observables', 'flags', 'native', 'envelope'],
  ...OCSF_FIELDS.map((name) => `ocsf.${name}`),
];

/** One event as the lake keeps it, before its times and lists get their types. */
export interface LakeEvent {
  event: EventOfRow;
  source: string;
  kind: string;
  context: EventContext | undefined;
}

/** How a column is staged, what it becomes in Parquet, and where its value comes from. */
export interface LakeColumn {
  name: string;
  staged: 'VARCHAR' | 'BLOB' | 'INTEGER' | 'DOUBLE';
  /** TIME: epoch ms become a timestamp; LIST: lines become a list; TEXT: UTF-8 becomes text. */
  becomes?: 'TIME' | 'LIST' | 'TEXT';
  /** No value has capitals, nor had one ever. */
  isLower?: true;
  of(row: LakeEvent): string | number | Buffer | null | undefined;
}

const firstOf = (observables: Observable[], kind: string): string | undefined =>
  observables.find((one) => one.kind === kind)?.value;

const inOneLine = (one: string): string => (one.includes('\n') ? one.replaceAll('\n', ' ') : one);

const text = (name: string, of: LakeColumn['of']): LakeColumn => ({ name, staged: 'VARCHAR', of });
const whole = (name: string, of: LakeColumn['of']): LakeColumn => ({ name, staged: 'INTEGER', of });
const time = (name: string, of: LakeColumn['of']): LakeColumn => ({ name, staged: 'DOUBLE', becomes: 'TIME', of });
const list = (name: string, of: (row: LakeEvent) => string[]): LakeColumn => ({
  name,
  staged: 'VARCHAR',
  becomes: 'LIST',
  of: (row) => of(row).map(inOneLine).join('\n'),
});
/** Long texts stay the bytes they are: they are most of an event, and were copied twice to become a text and bytes again. */
const bytes = (name: string, of: (row: LakeEvent) => Buffer | null | undefined): LakeColumn => ({
  name,
  staged: 'BLOB',
  becomes: 'TEXT',
  of: (row) => {
    const found = of(row);
    return found && !isUtf8(found) ? Buffer.from(found.toString('utf8')) : found;
  },
});

/** Every column of the lake. New ones go to the end; readers take files of before by name. */
export const columns: LakeColumn[] = [
  text('id', ({ event }) => event.id),
  time('occurred_at', ({ event }) => event.occurredAt),
  time('ingested_at', ({ event }) => event.ingestedAt),
  text('source', ({ source }) => source),
  text('kind', ({ kind }) => kind),
  whole('class_uid', ({ event }) => event.ocsf.classUid),
  whole('activity_id', ({ event }) => event.ocsf.activityId),
  whole('severity_id', ({ event }) => event.ocsf.severityId),
  text('entity', ({ event }) => event.entity),
  text('host', ({ event }) => event.ocsf.device?.hostname ?? firstOf(event.observables, 'hostname')),
  text('user', ({ event }) => event.ocsf.actor?.userName),
  text('process', ({ event }) => event.ocsf.actor?.processName),
  text('process_path', ({ event }) => event.ocsf.actor?.processPath),
  text('command_line', ({ event }) => event.ocsf.actor?.commandLine),
  text('parent_process', ({ event }) => event.ocsf.actor?.parentProcessName),
  text('src_ip', ({ event }) => event.ocsf.src?.ip),
  whole('src_port', ({ event }) => event.ocsf.src?.port),
  text('dst_ip', ({ event }) => event.ocsf.dst?.ip),
  whole('dst_port', ({ event }) => event.ocsf.dst?.port),
  text('domain', ({ event }) => firstOf(event.observables, 'domain')),
  text('url', ({ event }) => firstOf(event.observables, 'url')),
  text('file_path', ({ event }) => event.ocsf.file?.path),
  text('file_hash', ({ event }) => event.ocsf.file?.sha256 ?? firstOf(event.observables, 'file-hash')),
  text('api_operation', ({ event }) => event.ocsf.api?.operation),
  text('api_service', ({ event }) => event.ocsf.api?.service),
  text('api_status', ({ event }) => event.ocsf.api?.status),
  text('account', ({ event }) => event.ocsf.cloud?.accountUid),
  text('message', ({ event }) => event.ocsf.message),
  {
    ...list('observables', ({ event }) => event.observables.map(({ kind, value }) => `${kind}:${value.toLowerCase()}`)),
    isLower: true,
  },
  text('asset_id', ({ context }) => context?.asset?.assetId),
  text('identity_id', ({ context }) => context?.identity?.identityId),
  list('indicators', ({ context }) => (context?.indicators ?? []).map(({ indicatorId }) => indicatorId)),
  { name: 'score', staged: 'DOUBLE', of: ({ context }) => context?.score ?? 0 },
  list('flags', ({ event }) => event.flags),
  bytes('native', ({ event }) => event.native),
  bytes('envelope', ({ event }) => event.envelope),
];

/** Columns a hunt may ask about. */
export const huntable: ReadonlySet<string> = new Set(
  columns.map(({ name }) => name).filter((name) => !name.endsWith('_at')),
);

const quoted = (name: string): string => `"${name}"`;

/** The staged columns as the lake keeps them. */
export const finished: string = columns
  .map(({ name, becomes }) => {
    if (becomes === 'TIME') return `make_timestamp(${quoted(name)}::BIGINT * 1000) AS ${quoted(name)}`;
    if (becomes === 'LIST')
      return `CASE WHEN ${quoted(name)} = '' THEN []::VARCHAR[] ELSE string_split(${quoted(name)}, chr(10)) END AS ${quoted(name)}`;
    return becomes === 'TEXT' ? `decode(${quoted(name)}) AS ${quoted(name)}` : quoted(name);
  })
  .join(', ');
