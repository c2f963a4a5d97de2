import { readdirSync } from 'node:fs';
import { sourceOf, sources } from './index.js';
import type { NativeObject } from './source.js';

describe('the list of sources', () => {
  it('holds every folder, sorted', () => {
    const folders = readdirSync(__dirname, { withFileTypes: true }).filter((one) => one.isDirectory());
    expect(sources.map(({ name }) => name)).toEqual(folders.map(({ name }) => name).sort());
  });

  it('finds a source by its kind', () => {
    expect(sourceOf('OKTA')?.name).toBe('okta');
    expect(sourceOf('UNKNOWN')).toBeUndefined();
  });

  it.each(sources.map((source) => [source.name, source] as const))('%s gives nothing no class', (_, { normalise }) =>
    expect(normalise({}, Buffer.from('{}')).ocsf).toMatchObject({ categoryUid: 0, classUid: 0 }),
  );

  it.each(sources.map((source) => [source.name, source] as const))(
    '%s takes odd events and odd messages as they are',
    (_, { normalise, split }) => {
      const odd: unknown[] = [
        null,
        [],
        {},
        '',
        ' - ',
        'x',
        -1,
        1e300,
        true,
        [null, [1], {}],
        { constructor: 1, __proto__: 2 },
        '{',
        '<Event>',
        'type=X msg=audit(1.2:3): a0="',
      ];
      const names = [
        'message',
        'event',
        'type',
        'host',
        'user',
        'process',
        'auditd',
        'SYSCALL',
        'EXECVE',
        'PATH',
        'match',
        'related',
        'header',
        'exec_args',
        'url',
        'request',
        'ts',
        'id',
        'id.orig_h',
        'src',
        'query',
        'dns',
        'answers',
        'date',
        'device',
        'threat',
        'recipients',
        'timestamp',
        '@timestamp',
        '__REALTIME_TIMESTAMP',
        'Event',
        '_path',
        'records',
        'target',
        'ID',
        'data',
        'execution',
      ];
      for (const name of names) {
        for (const value of odd) {
          const { entity, ocsf } = normalise(
            { [name]: value, type: name === 'type' ? (value as string) : 'execve' } as NativeObject,
            Buffer.from('{}'),
          );
          expect([name, value, typeof entity, Number.isInteger(ocsf.classUid)]).toEqual([name, value, 'string', true]);
        }
      }
      for (const text of ['', '\n', '{', '[', '[{}', '{"a":1', 'a b', '<1>', '{}{}', '\u0000'])
        expect(Array.isArray(split(Buffer.from(text)))).toBe(true);
    },
  );
});
