import { baseEvent, type OcsfClass } from '../ocsf.js';

const table = (classUid: number, ...ids: [eventId: number, activityId: number][]): [number, OcsfClass][] =>
  ids.map(([eventId, activityId]) => [eventId, { classUid, activityId }]);

const SYSMON = new Map<number, OcsfClass>([
  ...table(1007, [1, 1], [5, 2], [8, 4], [10, 3], [25, 99]),
  ...table(1001, [2, 6], [9, 2], [11, 1], [15, 1], [17, 1], [18, 14], [23, 4], [26, 4], [27, 1], [28, 4], [29, 1]),
  ...table(1002, [6, 1]),
  ...table(1005, [7, 1]),
  ...table(4001, [3, 1]),
  ...table(4003, [22, 1]),
  ...table(201001, [12, 99], [14, 5]),
  ...table(201002, [13, 2]),
  ...table(1012, [24, 2]),
]);

const SECURITY = new Map<number, OcsfClass>([
  ...table(1007, [4688, 1], [4689, 2]),
  ...table(
    3002,
    [4624, 1],
    [4625, 1],
    [4648, 1],
    [4634, 2],
    [4647, 2],
    [4768, 3],
    [4769, 4],
    [4770, 5],
    [4771, 6],
    [4776, 1],
  ),
  ...table(3001, [4720, 1], [4722, 2], [4723, 3], [4724, 4], [4725, 5], [4726, 6], [4740, 9], [4767, 12]),
  ...table(3006, [4728, 3], [4732, 3], [4756, 3], [4729, 4], [4733, 4], [4757, 4], [4672, 1]),
  ...table(4001, [5156, 1], [5154, 7], [5157, 5], [5152, 5], [5158, 7]),
  ...table(4006, [5140, 2], [5145, 2]),
  ...table(1006, [4698, 1], [4702, 2], [4699, 3], [4700, 4], [4701, 5]),
  ...table(1008, [1102, 1], [1100, 7]),
  ...table(201002, [4657, 2]),
  ...table(201004, [4697, 1]),
]);

const POWERSHELL = new Map<number, OcsfClass>(table(1009, [4103, 1], [4104, 1], [400, 1], [800, 1]));
const SYSTEM = new Map<number, OcsfClass>([
  ...table(201004, [7045, 1], [7036, 99], [7040, 2]),
  ...table(1008, [104, 1]),
]);

/** OCSF class of a Windows event by channel and event id; the base event when there is none. */
export const classOf = (channel: string, eventId: number | undefined): OcsfClass =>
  (eventId === undefined ? undefined : channelTable(channel.toLowerCase())?.get(eventId)) ?? baseEvent;

const channelTable = (channel: string): Map<number, OcsfClass> | undefined => {
  if (channel.includes('sysmon')) return SYSMON;
  if (channel === 'security') return SECURITY;
  if (channel.includes('powershell')) return POWERSHELL;
  return channel === 'system' ? SYSTEM : undefined;
};
