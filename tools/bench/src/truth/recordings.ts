import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SourceKind } from '#contracts';
import { partsOf } from '#libs/files';
import type { Native } from './replay.js';

/** A recorded attack of the pack, by its path in it. */
export type Recording = { path: string; lines(): AsyncIterable<Native> };

const zipsUnder = (dir: string): string[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) return zipsUnder(path);
      return /\.zip$/i.test(name) ? [path] : [];
    });

/** What a recording's name says of its source; everything else came from Windows hosts, by whatever exporter. */
const KINDS: readonly [RegExp, SourceKind][] = [
  [/\/atomic\/aws\//, 'AWS_CLOUDTRAIL'],
  [/AADAuditEvents/, 'AZURE'],
  [/OfficeActivityEvents/, 'M365'],
  [/\/linux\/|auditd/, 'LINUX'],
  [/zeek/, 'ZEEK'],
];
const kindOf = (path: string): SourceKind => KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'WINDOWS';

async function* zipped(path: string): AsyncGenerator<Native> {
  const kind = kindOf(path);
  for await (const part of partsOf(path)) {
    if (!('lost' in part)) yield { kind, line: part.event.toString('utf8') };
    // Packet captures lie beside the logs. What else is lost is no event either, and is counted as skipped.
    else if (part.lost.code !== 'UNKNOWN_FILE') yield { kind, line: part.lost.sentence };
  }
}

async function* records(path: string): AsyncGenerator<Native> {
  for (const record of JSON.parse(readFileSync(path, 'utf8')) as unknown[])
    yield { kind: 'AWS_CLOUDTRAIL', line: JSON.stringify(record) };
}

/** The attack recordings of OTRF's Security Datasets: zip files of JSON lines. */
export const otrfRecordings = (pack: string): Recording[] =>
  zipsUnder(join(pack, 'otrf')).map((path) => ({ path: relative(pack, path), lines: () => zipped(path) }));

/** The detonations of Stratus Red Team: a JSON array of CloudTrail records each. */
export const stratusRecordings = (pack: string): Recording[] =>
  readdirSync(join(pack, 'cloud-aws', 'stratus'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const path = join(pack, 'cloud-aws', 'stratus', name);
      return { path: relative(pack, path), lines: () => records(path) };
    });
