import { eventOfLine } from './normalized-line.js';

it('a line is an event, or what `normalize --json` says of one', () => {
  const told = (line: string): string[] => Object.values(eventOfLine(line)).map(String);
  const native = '{"Keywords":9232379236109516800,"envelope":1}';
  expect(told(native)).toEqual([native]);
  const said = '"occurredAt":"2026-11-28T10:00:00.000Z","flags":[]';
  expect(told(`{"event":{${said},"native":${native}}}`)).toEqual([native]);
  expect(told(`{"event":{${said},"native":${native},"envelope":{"hec":{}}}}`)).toEqual([native, '{"hec":{}}']);
  expect(told('{"event":{"occurredAt":1}}')).toEqual(['{"event":{"occurredAt":1}}']);
});
