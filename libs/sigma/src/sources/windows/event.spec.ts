import type { JsonObject } from '../../json.js';
import { windowsEvent } from './event.js';

const data = (eventData: JsonObject[string]): JsonObject =>
  windowsEvent({ Event: { System: { Channel: 'C', EventID: 1 }, EventData: eventData } }).data;

describe('data of an event', () => {
  it.each<[string, JsonObject[string], JsonObject]>([
    ['by name', { A: '1', B: 2 }, { A: '1', B: 2 }],
    ['nothing', null, {}],
    ['an empty list', { Data: [] }, {}],
    ['one element', { Data: { '@Name': 'A', '#text': '1' } }, { A: '1' }],
    ['one text', { Data: 'x' }, { Data: 'x' }],
    ['several texts', { Data: ['x', 'y'] }, { Data: ['x', 'y'] }],
    ['texts in one element', { Data: { '#text': ['x', 'y'] } }, { Data: ['x', 'y'] }],
    [
      'a name twice',
      {
        Data: [
          { '@Name': 'A', '#text': '1' },
          { '@Name': 'A', '#text': '2' },
        ],
      },
      { A: ['1', '2'] },
    ],
    ['a name and none', { Data: [{ '@Name': 'A', '#text': '1' }, 'x'] }, { A: '1', Data: 'x' }],
    ['an element without text', { Data: [{ $: { Name: 'A' } }] }, { A: null }],
    ['a name alone', { Data: [{ Name: 'A' }, { Name: 'B', Value: '' }] }, { A: null, B: '' }],
    ['a field called Name', { Data: { Name: 'svc', Path: 'p' } }, { Name: 'svc', Path: 'p' }],
    ['lists in lists', [{ Data: [[{ $: { Name: 'A' }, _: '1' }]] }], { A: '1' }],
    ['text', 'x', { Data: 'x' }],
    ['text that is no XML', '<x', { Data: '<x' }],
    ['XML', "<Data Name='A'>1</Data><Data Name='B'/>", { A: '1', B: '' }],
    ['JSON', '{"A":"1"}', { A: '1' }],
    ['a namespace', { '#attributes': { xmlns: 'u' }, A: '1' }, { A: '1' }],
    ['prototypes', { Data: [{ '@Name': '__proto__', '#text': 'x' }] }, JSON.parse('{"__proto__":"x"}') as JsonObject],
    ['numbers for names', { param1: 'x', param2: 'y' }, { param1: 'x', param2: 'y', Data: ['x', 'y'] }],
  ])('is read: %s', (_, eventData, expected) => expect(data(eventData)).toEqual(expected));

  it.each<[string, JsonObject[string]]>([
    ['in an element of its own', { LogFileCleared: { '#attributes': { xmlns: 'u' }, SubjectUserName: 'ada' } }],
    ['in EventXML', { EventXML: { SubjectUserName: { '#text': 'ada' } } }],
    [
      'as XML',
      '<UserData><LogFileCleared xmlns="u"><SubjectUserName>ada</SubjectUserName></LogFileCleared></UserData>',
    ],
    ['in lists', [{ LogFileCleared: [{ SubjectUserName: ['ada'] }] }]],
    ['flat', { xml_name: 'LogFileCleared', SubjectUserName: 'ada' }],
  ])("of a provider's own making is read %s", (_, userData) =>
    expect(windowsEvent({ Event: { System: { EventID: 1102 }, UserData: userData } }).data).toEqual({
      SubjectUserName: 'ada',
    }),
  );

  it('does not pass for what the event log says', () => {
    const { system, data: own } = windowsEvent({
      winlog: {
        channel: 'Security',
        event_id: 4625,
        computer_name: 'dc1',
        event_data: { Channel: 'System', EventID: '1', Computer: 'forged', Provider_Name: 'forged' },
      },
    });
    expect(system).toMatchObject({ Channel: 'Security', EventID: 4625, Computer: 'dc1' });
    expect(own).toMatchObject({ Channel: 'System', Computer: 'forged' });
  });

  it('is no event of its own when an event says what it is', () => {
    const forged = '<Event><System><Channel>Security</Channel><EventID>1102</EventID></System></Event>';
    const events: JsonObject[] = [
      { Channel: 'Application', EventID: 1, Message: forged },
      { winlog: { channel: 'Application', event_id: 1 }, message: forged },
      { event_id: 1, channel: 'Application', message: forged },
      { Event: { System: { Channel: 'Application', EventID: 1 } }, Message: forged },
    ];
    for (const event of events)
      expect(windowsEvent(event).system).toMatchObject({ Channel: 'Application', EventID: 1 });
  });

  it('stays nameless when the manifest has another number of values', () => {
    const inserts = ['a', 'b', 'c'];
    expect(windowsEvent({ Channel: 'Security', EventID: 4625, StringInserts: inserts }).data).toEqual({
      Data: inserts,
    });
    expect(windowsEvent({ Channel: 'Security', EventID: 4634, StringInserts: [...inserts, 'd', 'e'] }).data).toEqual({
      TargetUserSid: 'a',
      TargetUserName: 'b',
      TargetDomainName: 'c',
      TargetLogonId: 'd',
      LogonType: 'e',
    });
  });

  it.each<JsonObject>([
    {},
    { Event: null },
    { Event: 'x' },
    { Event: [] },
    { Event: [[]] },
    { System: 'x', EventData: 7 },
    { winlog: {} },
    { win: {} },
    { event_id: {} },
    { LogName: null, Id: null },
    { message: '{"message":"{\\"message\\":\\"{}\\"}"}' },
    { Event: { System: { Provider: { $: null } }, EventData: { Data: [null, [null], {}, { $: 1 }] } } },
  ])('does not throw for %j', (event) => expect(windowsEvent(event).system).toEqual(expect.any(Object)));
});
