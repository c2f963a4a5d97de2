/**
 * Microsoft Graph: sign-ins (`/auditLogs/signIns`), changes of the directory (`/auditLogs/directoryAudits`) and
 * alerts (`/security/alerts_v2`, by when they were last changed: each change is an event). They come up to hours
 * late. `account`: the directory's id. The secret is JSON, {"clientId","clientSecret"}, of an application that may
 * AuditLog.Read.All (and Directory.Read.All), or SecurityAlert.Read.All; its origins are https://graph.microsoft.com
 * and https://login.microsoftonline.com.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, isUrl } from '#libs/terms';
import { jsonOf, localPart, under } from './puller.js';
import { windowed, type WindowedLog } from './windowed.js';

const TOP = '500';

const next: WindowedLog['next'] = ({ body }) => {
  const link = jsonOf(body)['@odata.nextLink'];
  return typeof link === 'string' && isUrl(link) ? localPart(link) : undefined;
};

const logOf = (vendor: string, path: string, time: string, keptMs: number): WindowedLog => ({
  vendor,
  credential: 'entra',
  everyMs: 5 * MINUTE_MS,
  overlapMs: 2 * HOUR_MS,
  keptMs,
  url: ({ settings }, _part, from, to) =>
    under(settings, `/v1.0${path}`, {
      $filter: `${time} ge ${new Date(from).toISOString()} and ${time} le ${new Date(to).toISOString()}`,
      $top: TOP,
    }),
  list: 'value',
  idOf: (event) => `${String(event.id)} ${vendor === 'graph-alerts' ? String(event[time]) : ''}`,
  timeOf: (event) => Date.parse(String(event[time])),
  next,
});

export const graph = [
  logOf('graph-sign-ins', '/auditLogs/signIns', 'createdDateTime', 30 * DAY_MS),
  logOf('graph-audits', '/auditLogs/directoryAudits', 'activityDateTime', 30 * DAY_MS),
  logOf('graph-alerts', '/security/alerts_v2', 'lastUpdateDateTime', 30 * DAY_MS),
].map(windowed);
