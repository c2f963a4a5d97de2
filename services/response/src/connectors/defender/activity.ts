import { MINUTE_MS } from '#libs/terms';
import type { RecordedActivity, TargetHeard } from '../../session/silence.js';
import type { IdentifiedTarget, VendorApi } from '../connector.js';
import { runQuery } from './endpoints.js';
import { machineIdOf } from './machines.js';

/** From the vendor's word until an isolation, or release, shows in the events of a machine. */
export const LAG_MS = 15 * MINUTE_MS;

const DONE = "ActionType in ('ConnectionSuccess', 'InboundConnectionAccepted')";
const REFUSED = "ActionType == 'ConnectionFailed'";
/** The sensor's own connections, which isolation leaves open. */
const SENSOR = "'mssense.exe', 'senseir.exe', 'sensendr.exe', 'msmpeng.exe', 'wdavdaemon'";

const recorded = (count: number, last: string | null | undefined): RecordedActivity => ({
  count,
  lastAt: count > 0 && last && !Number.isNaN(Date.parse(last)) ? Date.parse(last) : undefined,
});

const run = async (api: VendorApi, stages: string[], signal?: AbortSignal) => {
  const { Results } = await api.call(runQuery, { body: { Query: stages.join(' | ') }, signal });
  const [row] = Results;
  return {
    done: recorded(row?.Count ?? 0, row?.LastSeen),
    refused: recorded(row?.Refused ?? 0, row?.LastRefused),
  };
};

const since = (at: number): string => `where Timestamp > datetime(${new Date(at).toISOString()})`;

/** Connections that succeeded, and that were refused. */
const network = (api: VendorApi, devices: string, sinceMs: number, signal?: AbortSignal) =>
  run(
    api,
    [
      'DeviceNetworkEvents',
      `where ${devices}`,
      since(sinceMs),
      `where InitiatingProcessFileName !in~ (${SENSOR})`,
      `summarize Count = countif(${DONE}), LastSeen = maxif(Timestamp, ${DONE}), Refused = countif(${REFUSED}), LastRefused = maxif(Timestamp, ${REFUSED})`,
    ],
    signal,
  );

/** The sensor's reports of the machine itself. */
const reports = async (api: VendorApi, device: string, sinceMs: number, signal?: AbortSignal) =>
  (
    await run(
      api,
      ['DeviceInfo', `where ${device}`, since(sinceMs), 'summarize Count = count(), LastSeen = max(Timestamp)'],
      signal,
    )
  ).done;

/** What the sensors recorded of a machine, and of all others, since `from` (epoch ms). */
export const heardOf = async (
  api: VendorApi,
  who: IdentifiedTarget,
  from: number,
  signal?: AbortSignal,
): Promise<TargetHeard> => {
  const id = machineIdOf(who);
  const [device, others] = [`DeviceId == '${id}'`, `DeviceId != '${id}'`];
  const { done, refused } = await network(api, device, from, signal);
  const silentFrom = done.lastAt ?? from;
  return {
    name: who.name,
    what: 'connection',
    from,
    lagMs: LAG_MS,
    now: api.clock.now(),
    done,
    refused: done.lastAt === undefined ? refused : (await network(api, device, silentFrom, signal)).refused,
    alive: await reports(api, device, silentFrom, signal),
    others: (await network(api, others, silentFrom, signal)).done,
  };
};
