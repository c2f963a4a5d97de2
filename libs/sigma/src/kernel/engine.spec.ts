import { compile, type JsonObject, type MatchingWork } from '../index.js';
import { ruleText } from '../../test/rules.js';
import { webAssembly } from './webassembly/web-assembly.js';

/** Counts memories, or makes none. */
const watchMemories = (hasRoom: boolean): jest.SpyInstance => {
  if (!webAssembly) throw new Error('there is no WebAssembly here');
  const { Memory } = webAssembly;
  return jest.spyOn(webAssembly, 'Memory').mockImplementation((size) => {
    if (!hasRoom) throw new RangeError('could not allocate memory');
    return new Memory(size);
  });
};

const matched = (
  detection: string,
  line: string | JsonObject,
  product = 'windows',
): { matches: boolean; way: keyof MatchingWork } => {
  const set = compile([{ path: 'r.yml', text: ruleText(detection).replace('product: test', `product: ${product}`) }]);
  expect(set.failures).toEqual([]);
  const matches =
    set.match({ logsource: { product }, native: Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)) })
      .length > 0;
  const work = set.work();
  return { matches, way: work.plain > 0 ? 'plain' : work.parsed > 0 ? 'parsed' : 'fromBytes' };
};

const rule = (field: string, value: string): string => `s:\n  ${field}: '${value}'\ncondition: s`;
const keywords = (...values: string[]): string =>
  `keywords:\n${values.map((value) => `  - '${value}'\n`).join('')}condition: keywords`;

describe('the kernel', () => {
  describe('an event is read from its bytes', () => {
    it('when it is flat', () =>
      expect(matched(rule('Image|endswith', '\\cmd.exe'), { Image: 'C:\\CMD.EXE', tags: ['x'] })).toEqual({
        matches: true,
        way: 'fromBytes',
      }));
    it('whatever nobody asks for is nested', () =>
      expect(matched(rule('a', 'x'), '{"z":{"q":[1,{"r":null}]},"a":"X"}')).toEqual({
        matches: true,
        way: 'fromBytes',
      }));
    it.each([
      ['a member twice: the last one counts', rule('a', 'y'), '{"a":"x","a":"y"}'],
      ['numbers have one text', rule('a', '100'), '{"a":1e2}'],
      ['and minus zero is zero', rule('a', '0'), '{"a":-0}'],
      ['escapes hide letters', rule('a|contains', 'power'), '{"a":"\\u0070ow\\u0065r/\\/"}'],
      ['the Kelvin sign is a k', rule('a|endswith', 'link'), '{"a":"lin\u212a"}'],
      ['and İ two characters', rule('a', 'i\u0307x'), '{"a":"\u0130X"}'],
      [
        'aliases follow the channel',
        rule('Image|endswith', 'x.exe'),
        '{"Channel":"Security","EventID":4688,"NewProcessName":"C:/x.exe"}',
      ],
    ])('%s', (_, detection, line) => expect(matched(detection, line)).toEqual({ matches: true, way: 'fromBytes' }));
    it.each([
      ['a trailing comma', '{"a":"x",}'],
      ['two values', '{"a":"x"} {}'],
      ['a bare control character', '{"a":"x\t"}'],
      ['a leading zero', '{"a":"x","b":01}'],
      ['a half literal', '{"a":"x","b":nul}'],
      ['an unknown escape', '{"a":"x","b":"\\x"}'],
      ['an open list', '{"a":"x","b":[1,}'],
      ['no end', '{"a":"x"'],
      ['a short escape', '{"a":"x","b":"\\u12"}'],
    ])('but is refused with %s', (_, line) => expect(() => matched(rule('a', 'x'), line)).toThrow('not JSON'));
  });

  describe('an event is parsed', () => {
    it.each([
      ['a field is a list', rule('a', 'y'), { a: ['x', 'Y'] }],
      ['a container is text', rule('Image', 'x'), { EventData: '{"Image":"X"}' }],
      ['an element has attributes', rule('Provider_Name', 'x'), { Provider: { Name: 'X' } }],
      ['names have spaces', rule('ThreatName', 'x'), { 'Threat Name': 'X' }],
    ])('when %s', (_, detection, event) => expect(matched(detection, event)).toEqual({ matches: true, way: 'parsed' }));
    it('and left to the plain evaluator when text has no UTF-8', () =>
      expect(matched(rule('a|startswith', 'x'), '{"a":"x\\ud800"}')).toEqual({ matches: true, way: 'plain' }));
  });

  describe('a nested event is read from its bytes too', () => {
    it.each([
      ['a name is a path', rule('a.b', 'x'), { a: { b: 'x' } }],
      ['a path may be a key', rule('a.b', 'x'), { a: { c: 'y' }, 'a.b': 'x' }],
      ['containers hold fields', rule('Image', 'x'), { Event: { EventData: { Image: 'X' } } }],
      ['any child is a container', rule('Image', 'x'), { UserData: { Anything: { Image: 'X' } } }],
      ['case is not minded', rule('actor.alternateId', 'x'), { Actor: { alternateid: 'X' } }, 'okta'],
    ])('when %s', (_, detection, event, product = 'windows') =>
      expect(matched(detection, event, product)).toEqual({
        matches: true,
        way: 'fromBytes',
      }),
    );
    it.each([
      ['the same path twice: the last one counts', rule('a.b', 'x'), '{"a":{"b":"x"},"a":{"c":1}}', false],
      ['a list on the way', rule('a.b', 'x'), '{"a":[{"b":"y"},{"b":"x"}]}', true],
      ['two children of a container', rule('Image', 'x'), '{"UserData":{"A":{"Image":"X"},"B":{"Image":"Y"}}}', true],
      ['named data', rule('Image', 'x'), '{"EventData":{"Data":[{"#attributes":{"Name":"Image"},"#text":"X"}]}}', true],
      ['two spellings of a key', rule('actor.type', 'x'), '{"actor":{"Type":"y"},"Actor":{"Type":"x"}}', false, 'okta'],
    ])('but is parsed for %s', (_, detection, line, matches, product = 'windows') =>
      expect(matched(detection, line, product)).toEqual({ matches, way: 'parsed' }),
    );
  });

  describe('keywords are found from the bytes', () => {
    it.each([
      ['in any case', keywords('Mimikatz'), '{"a":{"b":["run MIMIKATZ now"]}}'],
      ['at the very end', keywords('mimikatz', 'abcdefghijklmnop'), '{"a":"xmimikatz"}'],
      ['behind escapes', keywords('mimikatz'), '{"a":"\\u006dimikatz"}'],
      ['around backslashes and quotes', keywords('say "hello'), '{"a":"SAY \\"Hello\\""}'],
      ['with odd letters', keywords('mimikatz'), '{"a":"mimi\u212aatz"}'],
      ['in numbers', keywords('1000'), '{"a":1e3}'],
      ['in numbers beyond all bounds', keywords('infinity'), '{"a":1e999}'],
    ])('%s', (_, detection, line) => expect(matched(detection, line)).toEqual({ matches: true, way: 'fromBytes' }));
    it('but not in names', () => expect(matched(keywords('mimikatz'), { mimikatz: 1 }).matches).toBe(false));
  });

  it('says how much it did', () => {
    const set = compile([{ path: 'r.yml', text: ruleText(rule('a', 'x')) }]);
    for (const a of ['x', 'y', 'x'])
      set.match({ logsource: { product: 'test' }, native: Buffer.from(JSON.stringify({ a })) });
    expect(set.work()).toEqual({ fromBytes: 3, parsed: 0, plain: 0, rulesRun: 2 });
  });

  it('has no memory for rules that never meet an event', () => {
    const made = watchMemories(true);
    const set = compile([{ path: 'r.yml', text: ruleText(rule('a', 'x')) }]);
    expect([made.mock.calls.length, set.work().fromBytes]).toEqual([0, 0]);
    set.match({ logsource: { product: 'test' }, native: Buffer.from('{"a":"x"}') });
    expect([made.mock.calls.length, set.work().fromBytes]).toEqual([1, 1]);
    made.mockRestore();
  });

  it('leaves all to the plain evaluator where there is no room for a memory', () => {
    const made = watchMemories(false);
    const set = compile([{ path: 'r.yml', text: ruleText(rule('a', 'x')) }]);
    expect(set.match({ logsource: { product: 'test' }, native: Buffer.from('{"a":"x"}') })).toHaveLength(1);
    expect(set.work()).toEqual({ fromBytes: 0, parsed: 0, plain: 1, rulesRun: 0 });
    made.mockRestore();
  });
});
