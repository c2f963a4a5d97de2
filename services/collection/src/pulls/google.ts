/**
 * Google Workspace's Reports API (`/admin/reports/v1/activity/users/all/applications/<application>`), application by
 * application. Events come minutes to hours late, the newest first. `account`: the administrator in whose name it is
 * read. `include`: applications. The secret is the JSON key of a service account with domain-wide delegation of
 * admin.reports.audit.readonly; its origins are https://admin.googleapis.com and https://oauth2.googleapis.com.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';
import { jsonOf, under } from './puller.js';
import { windowed } from './windowed.js';

const USUAL = ['admin', 'login', 'token', 'user_accounts', 'groups', 'drive'];

interface ActivityId {
  time?: unknown;
  uniqueQualifier?: unknown;
  applicationName?: unknown;
}

const idIn = ({ id }: Record<string, unknown>): ActivityId => (id ?? {}) as ActivityId;

export const google = windowed({
  vendor: 'google-workspace',
  credential: 'google',
  everyMs: 5 * MINUTE_MS,
  overlapMs: 3 * HOUR_MS,
  keptMs: 180 * DAY_MS,
  parts: ({ settings: { include } }) => (include.length > 0 ? include : USUAL),
  url: ({ settings }, application, from, to) =>
    under(settings, `/admin/reports/v1/activity/users/all/applications/${encodeURIComponent(application)}`, {
      startTime: new Date(from).toISOString(),
      endTime: new Date(to).toISOString(),
      maxResults: '1000',
    }),
  list: 'items',
  mayLackList: true,
  idOf: (event) => {
    const { time, uniqueQualifier, applicationName } = idIn(event);
    return `${String(time)} ${String(uniqueQualifier)} ${String(applicationName)}`;
  },
  timeOf: (event) => Date.parse(String(idIn(event).time)),
  next: ({ body }, asked) => {
    const token = jsonOf(body).nextPageToken;
    if (typeof token !== 'string' || token === '') return undefined;
    const url = new URL(asked, 'https://any.example');
    url.searchParams.set('pageToken', token);
    return url.pathname + url.search;
  },
});
