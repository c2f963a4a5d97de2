import { ruleText } from '../../test/rules.js';
import { compile, type Engine, type JsonObject, type RuleSet, type SourceKind } from '../index.js';

const setOf = (engine: Engine, detection: string, logsource: string): RuleSet => {
  const text = ruleText(detection).replace('product: test', logsource);
  const set = compile([{ path: 'r.yml', text }], { engine });
  expect(set.failures).toEqual([]);
  return set;
};
const bytesOf = (json: unknown): Buffer => Buffer.from(JSON.stringify(json));

const item = (field: string, value: string): string => `s:\n  '${field}': '${value}'\ncondition: s`;
const HEC = { host: { name: 'web1' }, hec: { sourcetype: 'linux_secure', fields: { site: 'paris', User: 'ada' } } };
const OTLP = {
  otlp: { resource: { 'service.name': 'shop' }, attributes: { Image: 'c:/x.exe', Channel: 'Security', EventID: 4688 } },
};

describe.each<Engine>(['kernel', 'plain'])('what was said around an event, by the %s', (engine) => {
  const matches = (detection: string, event: JsonObject, envelope?: unknown, kind: SourceKind = 'windows'): boolean => {
    const product = kind === 'linux' ? 'product: linux' : 'product: windows';
    const set = setOf(engine, detection, product);
    return (
      set.match({
        logsource: kind,
        native: bytesOf(event),
        envelope: envelope === undefined ? null : bytesOf(envelope),
      }).length > 0
    );
  };

  it.each<[string, string, JsonObject, unknown, boolean]>([
    ['is found by its own name', item('@envelope.hec.sourcetype', 'linux_secure'), {}, HEC, true],
    ['also where a key has dots', item('@envelope.otlp.resource.service.name', 'shop'), {}, OTLP, true],
    ['is not where there is none', item('@envelope.hec.sourcetype', '*'), {}, undefined, false],
    ['cannot be forged', item('@envelope.host.name', 'x'), { '@envelope': { host: { name: 'x' } } }, HEC, false],
    ['nor where none is', item('@envelope.host.name', 'x'), { '@envelope': { host: { name: 'x' } } }, undefined, false],
    ['nor by a dotted key', item('@envelope.host.name', 'x'), { '@envelope.host.name': 'x' }, undefined, false],
    ['nor in another case', item('@Envelope.host.name', 'x'), { '@Envelope': { host: { name: 'x' } } }, HEC, false],
    ["has fields that are the event's", item('site', 'paris'), { message: 'x' }, HEC, true],
    ['but not where the event has its own', item('User', 'ada'), { User: 'eve' }, HEC, false],
    [
      'nor where it has it by another name',
      item('Image', 'c:/x.exe'),
      { Channel: 'Security', EventID: 4688, NewProcessName: 'y' },
      OTLP,
      false,
    ],
    ['has no other members that are', item('sourcetype', '*'), {}, HEC, false],
    ['is found by keywords, as far as it is fields', 'keywords:\n  - paris\ncondition: keywords', {}, HEC, true],
    ['and not elsewhere', 'keywords:\n  - linux_secure\ncondition: keywords', {}, HEC, false],
    ['may be nothing', item('a', 'b'), { a: 'b' }, [1], true],
  ])('%s', (_what, detection, event, envelope, expected) => expect(matches(detection, event, envelope)).toBe(expected));

  it('says where an event belongs that does not say so itself', () => {
    const started = setOf(engine, item('Image', 'c:/x.exe'), 'product: windows\n  category: process_creation');
    const event = { logsource: 'windows', native: bytesOf({ message: 'started' }) } as const;
    expect(started.match(event)).toEqual([]);
    expect(started.match({ ...event, envelope: bytesOf(OTLP) })).toEqual(['r']);
  });

  it('is explained and read like the event', () => {
    const set = setOf(engine, item('@envelope.host.name', 'web*'), 'product: windows');
    const event = { logsource: 'windows', native: bytesOf({}), envelope: bytesOf(HEC) } as const;
    expect(set.explain('r', event)).toEqual([{ selection: 's', field: '@envelope.host.name', value: 'web1' }]);
    expect(set.read(event, ['User', '@envelope.hec.sourcetype'])).toEqual({
      User: 'ada',
      '@envelope.hec.sourcetype': 'linux_secure',
    });
  });
});

it('an envelope that no rule asks for leaves an event to be read from its bytes', () => {
  const set = setOf('kernel', item('a', 'x'), 'product: windows');
  const event = { logsource: 'windows', native: bytesOf({ a: 'x' }) } as const;
  expect(set.match({ ...event, envelope: bytesOf({ hec: { sourcetype: 'x' } }) })).toEqual(['r']);
  expect(set.work()).toMatchObject({ fromBytes: 1, parsed: 0 });
});
