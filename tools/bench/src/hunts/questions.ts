import type { HuntFilter, HuntQuery } from '#contracts';
import { DAY_MS, HOUR_MS } from '#libs/terms';

/** A question as hunters put it, over the last day unless it says otherwise. */
export interface NamedQuestion {
  name: string;
  query: HuntQuery;
}

type PlannedQuestion = [name: string, filters: [HuntFilter['field'], HuntFilter['operator'], string][], hours?: number];

/** Each kind of column and comparison, found and not found, of one hour and of the whole day. */
const ASKED: PlannedQuestion[] = [
  ['a user', [['user', 'EQUALS', 'PGUSTAVO']]],
  ['a user of the last hour', [['user', 'EQUALS', 'pgustavo']], 1],
  ['a host', [['host', 'STARTS_WITH', 'workstation5']]],
  ['an entity', [['entity', 'CONTAINS', 'mordordc']]],
  ['an address', [['dst_ip', 'EQUALS', '10.10.10.5']]],
  ['an address that never was', [['dst_ip', 'EQUALS', '203.0.113.99']]],
  ['an observable', [['observables', 'EQUALS', 'ip-address:10.10.10.5']]],
  ['an observable that never was', [['observables', 'EQUALS', 'domain:c2.test']]],
  ['a process', [['process', 'ENDS_WITH', 'powershell.exe']]],
  ['a path', [['process_path', 'CONTAINS', '\\temp\\']]],
  ['a command line', [['command_line', 'CONTAINS', '-enc']]],
  [
    'a command line and a user',
    [
      ['command_line', 'CONTAINS', 'powershell'],
      ['user', 'EQUALS', 'pgustavo'],
    ],
  ],
  ['a file', [['file_path', 'ENDS_WITH', '.ps1']]],
  ['a hash that never was', [['file_hash', 'EQUALS', 'f'.repeat(64)]]],
  ['a class', [['class_uid', 'EQUALS', '1007']]],
  ['a class of the last hour', [['class_uid', 'EQUALS', '1007']], 1],
  ['a port', [['dst_port', 'EQUALS', '445']]],
  ['a message', [['message', 'CONTAINS', 'lsass']]],
  ['an event by id', [['id', 'EQUALS', '00000000-0000-5000-8000-000000000777']]],
  ['the latest of the last hour', [], 1],
];

/** Every byte of what vendors wrote is read for these: told apart. */
const WHOLE: PlannedQuestion[] = [
  ["the vendor's text, last hour", [['native', 'CONTAINS', 'mimikatz']], 1],
  ["the vendor's text", [['native', 'CONTAINS', 'mimikatz']]],
];

const named =
  (end: number) =>
  ([name, filters, hours]: PlannedQuestion): NamedQuestion => ({
    name,
    query: {
      from: end - (hours === undefined ? DAY_MS : hours * HOUR_MS),
      to: end,
      source: '',
      filters: filters.map(([field, operator, value]) => ({ field, operator, value })),
      limit: 500,
    },
  });

/** @param end of the day that is asked about, epoch ms. */
export const questionsOf = (end: number): { columns: NamedQuestion[]; texts: NamedQuestion[] } => ({
  columns: ASKED.map(named(end)),
  texts: WHOLE.map(named(end)),
});
