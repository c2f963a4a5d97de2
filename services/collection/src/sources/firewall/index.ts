/**
 * Firewalls of any vendor: JSON in ECS's, CEF's and Fortinet's names or those of AWS's VPC flow, or log lines (CEF,
 * LEEF, names and values, the lists and sentences of vendors), which are wrapped as `{ "message": … }`. The entity is
 * `ip:<address>` of our side: the private address when exactly one side is private, else the source; of what is no
 * traffic `host:<device>`, as it calls itself.
 */
import { isIP } from 'node:net';
import type { Ocsf } from '#contracts';
import { compact, entityOf, observablesOf, ocsfOf } from '../ocsf.js';
import { urlOf } from '../http-requests.js';
import { portOf } from '../json-values.js';
import { ourSide } from '../private-addresses.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { textToo } from '../taking.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';
import { activityOf, classOf } from './activity.js';
import type { Activity } from './vendors.js';
import { whenOf } from './when.js';

/** What firewalls write where they know no user. */
const NOBODY =
  /^(?:n\/a|none|null|any|unknown(?: .*)?|\(unknown\)|no authentication required|not found|not available|\*+)$/i;

const userOf = (seen: TaxonomyView): string | undefined => {
  const user = seen.text('username');
  return user === undefined || NOBODY.test(user) ? undefined : user;
};

/** What a device calls itself, where that is no address. Sophos calls the model of a device its name. */
const deviceOf = (seen: TaxonomyView): string | undefined => {
  const name = seen.text(
    'devname',
    'observer.name',
    'dvchost',
    ...(seen.text('log_component') === undefined ? ['device_name'] : []),
    'unit_hostname',
    'UNIFIhost',
    'fw',
  );
  return name === undefined || isIP(name) !== 0 ? undefined : name;
};

const DOMAIN = /^(?=.{4,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z]\.?$/i;

/**
 * The name that was asked for, where it is one of a domain. `hostname` is such a name with Fortinet; shippers call
 * themselves so, and a line's fields are read behind theirs.
 */
const domainOf = (seen: TaxonomyView, event: NativeObject, activity: Activity | undefined): string | undefined => {
  const isFortinet =
    seen.text('logid', 'FTNTFGTlogid') !== undefined && (event.hostname === undefined || event.logid !== undefined);
  const address = activity === 'web' ? /^(?:[a-z][a-z\d+.-]*:\/\/)?([^/?#@:]+)/i.exec(seen.text('url') ?? '') : null;
  return [
    isFortinet ? seen.text('hostname') : undefined,
    seen.text('destination.domain'),
    seen.text('dhost'),
    seen.text('dstname'),
    address?.[1],
  ].find((name) => name !== undefined && DOMAIN.test(name));
};

/** OCSF's: low for a logon that failed, medium for what the device found. */
const severityOf = (activity: Activity | undefined): number =>
  activity === 'detection' ? 3 : activity === 'logon-failed' ? 2 : 1;

/** How a logon ended, what was changed. */
const apiOf = (seen: TaxonomyView, activity: Activity | undefined): Partial<Ocsf> => {
  if (activity === 'config')
    return {
      api: { operation: seen.text('command', 'cfgpath', 'operation') ?? 'configure', status: seen.text('result') },
    };
  if (activity !== 'logon' && activity !== 'logon-failed') return {};
  return { api: { operation: 'logon', status: activity === 'logon' ? 'Success' : 'Failure' } };
};

const sideOf = (seen: TaxonomyView, side: 'src' | 'dst'): { ip: string | undefined; port: number | undefined } => ({
  ip: seen.ip(`${side}_ip`),
  port: portOf(seen.value(`${side}_port`)),
});

const messageOf = (
  what: string,
  whose: string,
  from: string,
  to: string | undefined,
  port: number | undefined,
): string => `${what}: ${whose}${from} -> ${to ?? '?'}${port === undefined ? '' : `:${port}`}`;

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('firewall', event);
  const [src, dst, user, activity] = [sideOf(seen, 'src'), sideOf(seen, 'dst'), userOf(seen), activityOf(seen)];
  const action = seen.text('action') ?? '';
  const device = deviceOf(seen);
  const ours = ourSide(src.ip, dst.ip);
  const method = seen.text('method', 'requestMethod', 'http.request.method');
  return {
    ...whenOf(seen),
    entity: ours === undefined && device !== undefined ? entityOf('host', device) : entityOf('ip', ours),
    observables: observablesOf(
      ['hostname', device],
      ['ip-address', src.ip],
      ['ip-address', dst.ip],
      ['user-name', user],
      ['domain', domainOf(seen, event, activity)],
      [
        'url',
        activity === 'web' ? urlOf(seen.text('url', 'request', 'url.original'), seen.text('hostname')) : undefined,
      ],
    ),
    ocsf: ocsfOf(
      classOf(activity, { action, method, isSided: ours !== undefined }),
      severityOf(activity),
      messageOf(
        activity ?? (action || 'traffic'),
        activity === undefined || user === undefined ? '' : `${user} `,
        src.ip ?? '?',
        dst.ip ?? (activity === undefined ? undefined : device),
        dst.port,
      ),
      {
        device: compact({ hostname: device }),
        actor: compact({ userName: user }),
        src: compact(src),
        dst: compact(dst),
        ...apiOf(seen, activity),
      },
    ),
  };
};

export const firewall: Source = { name: 'firewall', kind: 'FIREWALL', ...textToo, normalise };
