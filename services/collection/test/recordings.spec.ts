import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import yauzl from 'yauzl';
import { awsCloudtrail } from '../src/sources/aws-cloudtrail/index.js';
import { windows } from '../src/sources/windows/index.js';
import type { NativeObject, Source } from '../src/sources/source.js';

/** The recordings beside the checkout, or nothing. */
const recordings = ((): string | undefined => {
  for (let folder = resolve('.'); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'shared/data/otrf');
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
})();

/** Three of the archives have a byte behind their end. */
const complete = (archive: Buffer): Buffer => {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  return archive.subarray(0, end + 22 + archive.readUInt16LE(end + 20));
};

/** Bytes of the JSON files of an archive. */
const jsonIn = (path: string): Promise<Buffer[]> =>
  new Promise((done, fail) => {
    const found: Buffer[] = [];
    yauzl.fromBuffer(complete(readFileSync(path)), { lazyEntries: true }, (error, zip) => {
      if (error) return fail(error);
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!entry.fileName.endsWith('.json') || entry.fileName.includes('__MACOSX')) return zip.readEntry();
        zip.openReadStream(entry, (_error, stream) => {
          const chunks: Buffer[] = [];
          stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream?.on('end', () => {
            found.push(Buffer.concat(chunks));
            zip.readEntry();
          });
        });
      });
      zip.on('end', () => done(found)).on('error', fail);
      zip.readEntry();
    });
  });

const archivesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.zip$/i.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).size < 1_000_000);

const normalised = async (source: Source, path: string) =>
  (await jsonIn(path))
    .flatMap((bytes) => source.split(bytes))
    .map((piece) => source.normalise(JSON.parse(String(piece)) as NativeObject, piece));

const whenThere = recordings === undefined ? describe.skip : describe;

whenThere('recorded attacks (skipped: no ../shared/data)', () => {
  const root = recordings ?? '';
  it('of Windows: every event has a time, a host and most have a class', async () => {
    for (const path of archivesUnder(join(root, 'atomic/windows'))) {
      const events = await normalised(windows, path);
      expect(events.filter(({ occurredAt }) => occurredAt === undefined)).toHaveLength(0);
      expect(events.filter(({ entity }) => !entity.startsWith('host:') || entity.endsWith(':unknown'))).toHaveLength(0);
    }
  });

  it('of PsExec happened in September 2020, in UTC, on three hosts, one of them by two names', async () => {
    const events = await normalised(
      windows,
      join(root, 'atomic/windows/lateral_movement/host/empire_psexec_dcerpc_tcp_svcctl.zip'),
    );
    const times = events.map(({ occurredAt }) => occurredAt ?? 0);
    expect(new Date(Math.min(...times.slice(0, 5000))).toISOString()).toMatch(/^2020-09-20T16:1/);
    expect([...new Set(events.map(({ entity }) => entity))].sort()).toEqual([
      'host:mordordc.theshire.local',
      'host:workstation5.theshire.local',
      'host:workstation6',
      'host:workstation6.theshire.local',
    ]);
    expect(events.filter(({ ocsf }) => ocsf.classUid === 0).length / events.length).toBeLessThan(0.2);
  });

  it('of GoldenSAML: all four files parse and say when and who', async () => {
    const archives = archivesUnder(join(root, 'compound/GoldenSAMLADFSMailAccess'));
    expect(archives).toHaveLength(4);
    for (const path of archives) {
      const events = await normalised(windows, path);
      expect(events.length).toBeGreaterThan(0);
      expect(
        events.filter(({ occurredAt, entity }) => occurredAt === undefined || entity.endsWith(':unknown')),
      ).toEqual([]);
    }
  });

  it('of AWS: every call has a principal and a class', async () => {
    const events = await normalised(awsCloudtrail, join(root, 'atomic/aws/collection/ec2_proxy_s3_exfiltration.zip'));
    expect(events).toHaveLength(103);
    expect(events.filter(({ entity, occurredAt }) => entity.endsWith(':unknown') || occurredAt === undefined)).toEqual(
      [],
    );
  });
});
