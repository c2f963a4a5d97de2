import { resolve } from 'node:path';
import { CompileFailed, openCompileThread, type CompileThread, type CompileThreadOptions } from './index.js';

const rule = (id: string, values = id): { path: string; text: string } => ({
  path: `${id}.yml`,
  text: `title: ${id}\nid: ${id}\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {A: ${values}}\n  condition: s\n`,
});
const many = Array.from({ length: 300 }, (_, index) =>
  rule(`r${index}`, `[${Array.from({ length: 60 }, (__, one) => `v${index}-${one}`).join(', ')}]`),
);

/** The thread's program as it was built. */
describe('rules compiled in a thread of their own', () => {
  let apart: CompileThread;
  const open = (special: Partial<CompileThreadOptions> = {}): void => {
    apart = openCompileThread({
      entry: resolve('dist/libs/rules/loading/src/worker.js'),
      megabytes: 256,
      milliseconds: 60_000,
      ...special,
    });
  };
  afterEach(() => apart.close());

  it('match here, few or many, one set after the other', async () => {
    open();
    const sets = await Promise.all(
      [[rule('a')], many, [rule('b')]].map((sources) => apart.compile(sources, { watches: 'everything' })),
    );
    const answers = ['a', 'v7-3', 'b'].map((value, index) =>
      sets[index]?.match({
        logsource: 'windows',
        native: Buffer.from(JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, A: value })),
      }),
    );
    expect(answers).toEqual([['a'], ['r7'], ['b']]);
  });
  it('fail when they take too long, and the next do not', async () => {
    open({ milliseconds: 1 });
    await expect(apart.compile([rule('a')], {})).rejects.toThrow(
      new CompileFailed('compiling the rules took longer than 0.001 s'),
    );
    await apart.close();
    open();
    expect((await apart.compile([rule('a')], {})).rules).toHaveLength(1);
  });
  it('fail when they take too much memory', async () => {
    open({ megabytes: 1 });
    await expect(apart.compile(many, {})).rejects.toThrow(new CompileFailed('compiling the rules took more than 1 MB'));
  });
  it('are bounded as they would be here', async () => {
    open();
    const set = await apart.compile([rule('a', `[${Array.from({ length: 30 }, (_, index) => index).join(', ')}]`)], {
      limits: { ruleTexts: 3, ruleParts: 9 },
    });
    expect(set.failures).toMatchObject([{ file: 'a.yml', limit: 'ruleParts' }]);
  });
  it('are no fault of the rules when there is no such thread', async () => {
    open({ entry: resolve('dist/nowhere.js') });
    await expect(apart.compile([rule('a')], {})).rejects.toThrow('is not there: build first');
  });
});
