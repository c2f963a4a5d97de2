import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Pulled } from './pulled.js';

describe('a folder', () => {
  let root: string;
  let folder: string;
  let pulled: Pulled;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'vigie-folder-'));
    folder = join(root, 'drop');
    mkdirSync(folder);
    pulled = new Pulled({
      settings: { vendor: 'directory', baseUrl: 'directory://drop', secretRef: '' },
      since: 0,
    });
    pulled.folders = new Map([
      ['acme/drop', folder],
      ['globex/theirs', root],
    ]);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Files have been written just now, by the pull's clock. */
  const touch = (name: string): void => utimesSync(join(folder, name), pulled.clock / 1_000, pulled.clock / 1_000);
  const write = (name: string, text: string | Buffer): void => {
    writeFileSync(join(folder, name), text);
    touch(name);
  };
  const append = (name: string, text: string): void => {
    appendFileSync(join(folder, name), text);
    touch(name);
  };
  const quiet = async (): Promise<Pulled> => {
    pulled.clock += 60_000;
    return pulled.all();
  };

  it('is read where it grew, and a line that is not written waits', async () => {
    write('a.log', 'one\ntwo\nthr');
    await pulled.all();
    expect(pulled.appended).toEqual(['one', 'two']);
    append('a.log', 'ee\nfour\n');
    await pulled.restart().all();
    expect(pulled.appended).toEqual(['one', 'two', 'three', 'four']);
  });

  it('gives a last line without an end once nobody writes to it', async () => {
    write('a.json', '{"a":1}\n{"a":2}');
    await pulled.all();
    expect(pulled.appended).toEqual(['{"a":1}']);
    await quiet();
    expect(pulled.appended).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('knows a file that was renamed, and one that was cut and written anew', async () => {
    write('a.log', 'one\ntwo\n');
    await pulled.all();
    renameSync(join(folder, 'a.log'), join(folder, 'a.log.1'));
    write('a.log', 'three\n');
    await pulled.restart().all();
    write('a.log', 'four\nfive, and longer than before\n');
    await pulled.all();
    expect(pulled.appended).toEqual(['one', 'two', 'three', 'four', 'five, and longer than before']);
  });

  it('tells again after a crash what was not told, and nothing else', async () => {
    write('a.log', 'one\n');
    await pulled.all();
    pulled.isLost = true;
    append('a.log', 'two\n');
    await pulled.all();
    await pulled.restart().all();
    expect(pulled.appended).toEqual(['one', 'two', 'two']);
  });

  it('is read whole where it is packed, once it is quiet', async () => {
    const packed = gzipSync('one\ntwo\n');
    write('a.log.gz', packed.subarray(0, 12));
    await pulled.all();
    expect(pulled.appended).toEqual([]);
    write('a.log.gz', packed);
    await quiet();
    await (await quiet()).restart().all();
    expect(pulled.appended).toEqual(['one', 'two']);
  });

  it('is read under its heading, row by row', async () => {
    const heading = '#separator \\x09\n#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n';
    write('conn.log', `${heading}1.0\tC1\n1.5\tC`);
    await pulled.all();
    append('conn.log', '2\n');
    await pulled.restart().all();
    expect(pulled.appended.map((event) => (JSON.parse(event) as { uid: string }).uid)).toEqual(['C1', 'C2']);
  });

  it('leads nowhere else: not by links, not by pipes, not by names', async () => {
    writeFileSync(join(root, 'secret.log'), 'secret\n');
    symlinkSync(join(root, 'secret.log'), join(folder, 'link.log'));
    symlinkSync(root, join(folder, 'out'));
    execFileSync('mkfifo', [join(folder, 'pipe.log')]);
    mkdirSync(join(folder, '1/2/3'), { recursive: true });
    write('1/2/a.log', 'third\n');
    write('1/2/3/a.log', 'too deep\n');
    write('.hidden', 'hidden\n');
    await quiet();
    expect(pulled.appended).toEqual(['third']);
  });

  it('tells what of it cannot be read, and goes on', async () => {
    write('a.lz4', Buffer.from('04224d1800000000', 'hex'));
    write('b.log', 'one\n');
    await quiet();
    expect(pulled.appended.filter((line) => !pulled.enveloped.includes(line))).toEqual(['one']);
    expect(pulled.enveloped.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { problem: { code: 'UNKNOWN_FILE' }, event: 'a.lz4' },
    ]);
    expect(readFileSync(join(folder, 'b.log'), 'utf8')).toBe('one\n');
  });

  it.each([
    ['is missing', 'acme/drop', '/nowhere/at/all', 'FOLDER_UNREADABLE'],
    ["is another tenant's", 'globex/drop', '/tmp', 'NO_FOLDER'],
  ])('is told when it %s', async (_, name, path, code) => {
    pulled.folders = new Map([[name, path]]);
    await pulled.step();
    expect(pulled.last('pull.failed')).toMatchObject({ code });
  });

  it('is remembered within bounds, and its oldest files are not read again', async () => {
    for (let n = 0; n < 700; n += 1) write(`${n}.log`, `${n}\n`);
    for (let round = 0; round < 4; round += 1) await pulled.all(2_000).then(() => (pulled.clock += 10_000));
    await pulled.restart().all(2_000);
    expect(new Set(pulled.appended).size).toBe(700);
    expect(pulled.appended.length).toBe(700);
    expect((pulled.last('pull.advanced')?.cursor.length ?? 0) < 64 * 1024).toBe(true);
  });
});
