import { ENTITIES_AT_MOST, entitiesOf } from './entities.js';
import { event } from '../../../test/domain-samples.js';

const of = (entity: string, ...observables: [kind: string, value: string][]) =>
  entitiesOf([event(1, { entity, observables: observables.map(([kind, value]) => ({ kind, value })) })]).map(
    ({ kind, value }) => `${kind}:${value}`,
  );

describe('the entities of a finding', () => {
  it('begin with what the events are about, then the most telling', () =>
    expect(
      of(
        'host:ws5',
        ['process-name', 'cmd.exe'],
        ['ip-address', '10.1.1.5'],
        ['user-name', 'Ada '],
        ['hostname', 'WS5'],
      ),
    ).toEqual(['host:ws5', 'user:ada', 'ip:10.1.1.5', 'process:cmd.exe']));

  it('take the kinds that findings can share', () =>
    expect(
      of(
        'ip:10.1.1.5',
        ['resource-uid', 'arn:aws:iam::1:user/ada'],
        ['email-address', 'Ada@Example.test'],
        ['domain', 'c2.test'],
        ['url', 'http://c2.test/x'],
        ['file-hash', 'AB12'],
        ['file-path', 'C:\\x'],
      ),
    ).toEqual([
      'ip:10.1.1.5',
      'mailbox:ada@example.test',
      'cloud-principal:arn:aws:iam::1:user/ada',
      'domain:c2.test',
      'url:http://c2.test/x',
      'hash:ab12',
    ]));

  it('name the cloud account', () =>
    expect(
      entitiesOf([event(1, { entity: 'cloud-principal:arn', ocsf: { cloud: { accountUid: '123456789012' } } })]),
    ).toEqual([
      { kind: 'cloud-principal', value: 'arn' },
      { kind: 'cloud-account', value: '123456789012' },
    ]));

  it.each([
    'user-name SYSTEM',
    'user-name NT AUTHORITY\\SYSTEM',
    'user-name WS5$',
    'user-name DWM-1',
    'user-name -',
    'ip-address 127.0.0.1',
    'ip-address ::1',
    'hostname localhost',
    'hostname unknown',
  ])('leave out what every machine has: %s', (text) =>
    expect(of('host:ws5', [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)])).toEqual(['host:ws5']),
  );

  it('have no main entity when the event does not say', () => expect(of('user:unknown')).toEqual([]));
  it('are thirty at most, each once', () => {
    const many = Array.from({ length: 50 }, (_, index): [string, string] => ['process-name', `p${index % 40}`]);
    expect(of('host:ws5', ...many, ['user-name', 'ada'])).toHaveLength(ENTITIES_AT_MOST);
    expect(of('host:ws5', ...many, ['user-name', 'ada'])[1]).toBe('user:ada');
  });
});
