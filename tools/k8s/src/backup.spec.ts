import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '#libs/terms';
import { BARE, render } from './helm.js';
import {
  ofKind,
  referencesOf,
  type CronJobObject,
  type KubeObject,
  type KubePodSpec,
  type Workload,
} from './objects.js';
import { whereHelmIs } from './where-helm-is.js';

const BACKUP = ['--set', 'backup.enabled=true'];
const RESTORE = [...BACKUP, '--set', 'stopped=true,backup.restore=2026-11-29T03-17'];

const podOf = (objects: KubeObject[]): KubePodSpec =>
  ofKind<CronJobObject>(objects, 'CronJob')[0]?.spec.jobTemplate.spec.template.spec ?? { containers: [] };

describe('what runs `vigie backup` at times', () => {
  const WHOLE = `const { mkdirSync, writeFileSync } = require('node:fs'); const out = process.argv.at(-1);
    mkdirSync(out); writeFileSync(out + '/manifest.json', '{}');`;
  const HALF = `require('node:fs').mkdirSync(process.argv.at(-1)); process.exit(3);`;
  let folder = '';
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'vigie-backup-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const there = (...names: string[]): void =>
    names.forEach((name) => {
      mkdirSync(join(folder, name));
      if (!name.startsWith('1999')) writeFileSync(join(folder, name, 'manifest.json'), '{}');
    });
  const runs = (keep: number, command: string) =>
    spawnSync(
      process.execPath,
      [
        'k8s/chart/files/backup.cjs',
        folder,
        String(keep),
        process.execPath,
        '-e',
        command,
        '--',
        '--lake',
        '/data/lake',
      ],
      { encoding: 'utf8' },
    ).status;
  const OLD = ['2020-01-01T00-00', '2020-01-02T00-00', '2020-01-03T00-00'];

  it('keeps the newest, and makes a folder named for the minute', () => {
    there(...OLD);
    expect(runs(2, WHOLE)).toBe(0);
    const [old, made = ''] = readdirSync(folder).sort();
    expect(old).toBe(OLD[2]);
    expect(made).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d$/);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('takes nothing away when the backup failed, and says how it failed', () => {
    there(...OLD);
    expect(runs(1, HALF)).toBe(3);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(OLD));
  });

  it('takes away what an earlier one left in half, before it begins', () => {
    there('1999-01-01T00-00', ...OLD);
    expect(runs(9, WHOLE)).toBe(0);
    expect(readdirSync(folder)).not.toContain('1999-01-01T00-00');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(OLD));
  });

  it('leaves alone what it did not make', () => {
    there('lost+found', 'monthly', '2020-01-01T00-00-kept');
    expect(runs(1, WHOLE)).toBe(0);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['lost+found', 'monthly', '2020-01-01T00-00-kept']));
  });
});

whereHelmIs('the chart', () => {
  it('backs nothing up unless told', () => {
    const objects = render([]);
    expect(ofKind(objects, 'CronJob')).toEqual([]);
    expect(ofKind(objects, 'PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual(['vigie-lake']);
  });

  it.each<[string, string[], object]>([
    [
      'Strimzi and a store of our own',
      BACKUP,
      { kafka: { name: 'admin', key: 'password' }, mongo: 'vigie-mongo/backup' },
    ],
    [
      'Strimzi with our passwords, and the store by its operator',
      [...BACKUP, '--set', 'kafka.existingSecret=ours,mongo.operator.enabled=true'],
      { kafka: { name: 'ours', key: 'admin' }, mongo: 'vigie-mongo-backup/connectionString.standard' },
    ],
    [
      'a superuser of another name, by Strimzi',
      [...BACKUP, '--set', 'kafka.adminUsername=platform'],
      { kafka: { name: 'platform', key: 'password' }, mongo: 'vigie-mongo/backup' },
    ],
    ['neither', [...BARE, ...BACKUP], { kafka: { name: 'vigie-kafka', key: 'admin' }, mongo: 'vigie-mongo/backup' }],
  ])('logs in where it backs up, with %s', (_name, flags, wanted) => {
    const { KAFKA_ADMIN_PASSWORD: kafka, MONGO_URL } = referencesOf(podOf(render(flags)));
    const { name, key } = MONGO_URL as { name: string; key: string };
    expect({ kafka, mongo: `${name}/${key}` }).toEqual(wanted);
  });

  it('reads the lake, writes backups, and the other way round when one returns', () => {
    const writable = ({ containers: [container] }: KubePodSpec) =>
      container?.volumeMounts?.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
    expect(writable(podOf(render(BACKUP)))).toEqual(['/tmp', '/app/.stack', '/backups']);
    const [job] = ofKind<Workload>(render(RESTORE), 'Job');
    expect(writable(job?.spec.template.spec ?? { containers: [] })).toEqual(['/tmp', '/app/.stack', '/data/lake']);
    expect(job?.spec.template.spec.containers[0]?.command).toContain('/backups/2026-11-29T03-17');
    expect(referencesOf(job?.spec.template.spec ?? { containers: [] }).MONGO_URL).toMatchObject({ key: 'restore' });
  });

  it('stands beside hunting where that is, and rests while all is stopped', () => {
    const cronOf = (flags: string[]) => ofKind<CronJobObject>(render(flags), 'CronJob')[0]?.spec;
    const placed = [...BACKUP, '--set', 'services.hunting.priorityClassName=low,defaults.priorityClassName=high'];
    expect(cronOf(placed)?.jobTemplate.spec.template.spec).toMatchObject({ priorityClassName: 'low' });
    expect([BACKUP, RESTORE].map((flags) => cronOf(flags)?.suspend)).toEqual([false, true]);
  });

  it('gives who backs up and who restores every database, and no more', () => {
    interface MongoUsers extends KubeObject {
      spec: { users: { name: string; roles: { name: string; db: string }[] }[] };
    }
    const [mongo] = ofKind<MongoUsers>(render(['--set', 'mongo.operator.enabled=true']), 'MongoDBCommunity');
    const rolesOf = (user: string) => mongo?.spec.users.find(({ name }) => name === user)?.roles;
    const each = (role: string) => [...SERVICES].sort().map((name) => ({ name: role, db: `vigie_${name}` }));
    expect(rolesOf('backup')).toEqual(each('read'));
    expect(rolesOf('restore')).toEqual(each('readWrite'));
  });
});
