import { join } from 'node:path';
import { besideCheckout } from '#libs/testing';
import { awsCloudtrail } from '../src/sources/aws-cloudtrail/index.js';
import { windows } from '../src/sources/windows/index.js';
import type { NativeObject, Source } from '../src/sources/source.js';
import { archivesUnder, jsonIn } from './archives.js';

/** The recordings beside the checkout, or nothing. */
const recordings = besideCheckout('shared/data/otrf');
const LARGEST = 1_000_000;

const normalised = async (source: Source, path: string) =>
  (await jsonIn(path))
    .flatMap((bytes) => source.split(bytes))
    .map((piece) => source.normalise(JSON.parse(String(piece)) as NativeObject, piece));

const whenThere = recordings === undefined ? describe.skip : describe;

whenThere('recorded attacks (skipped: no ../shared/data)', () => {
  const root = recordings ?? '';
  it('of Windows: every event has a time, a host and most have a class', async () => {
    for (const path of archivesUnder(join(root, 'atomic/windows'), LARGEST)) {
      const events = await normalised(windows, path);
      expect(events.filter(({ occurredAt, writtenTime }) => (occurredAt ?? writtenTime) === undefined)).toHaveLength(0);
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
    const archives = archivesUnder(join(root, 'compound/GoldenSAMLADFSMailAccess'), LARGEST);
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
