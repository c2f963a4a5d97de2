/** Who acted in an event of Azure, and whom it is about. */
import { at, isObject, textOf } from '../json-values.js';
import { entityOf } from '../ocsf.js';
import { isSupport } from '../microsoft.js';
import type { NativeJson, NativeObject } from '../source.js';
import { said } from './said.js';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

interface AzureCaller {
  user?: string;
  uid?: string;
  /** Microsoft itself acts, for one of its services. */
  isMicrosoft: boolean;
}

/** How the activity log names a service of Azure; an application of a customer's stands there with its id. */
const SERVICE = /^Microsoft\.[A-Za-z]/;

/** An application of a tenant has an id in it, whatever it calls itself; Microsoft's own services have none. */
const isService = (app: NativeJson | undefined, uid: string | undefined, caller: string | undefined): boolean =>
  isObject(app)
    ? textOf(app.servicePrincipalId) === undefined && textOf(app.appId) === undefined
    : uid === caller && SERVICE.test(caller ?? '');

/** Who acted: a user by name, anything else by its id. */
export const callerOf = (event: NativeObject, properties: NativeObject): AzureCaller => {
  const claims = at(event, 'identity', 'claims') ?? event.claims;
  const caller = said(event, {}, 'caller', 'Caller');
  const by = [at(event, 'initiatedBy'), at(properties, 'initiatedBy')].find(isObject);
  const names = [
    textOf(at(by, 'user', 'userPrincipalName')),
    said(event, properties, 'userPrincipalName', 'UserPrincipalName', 'Username'),
    textOf(at(claims, `${CLAIMS}/upn`)),
    textOf(at(claims, `${CLAIMS}/emailaddress`)),
    caller,
    textOf(at(claims, 'name')),
  ];
  const user = names.find((name) => name?.includes('@'));
  const uid =
    textOf(at(by, 'user', 'id')) ??
    textOf(at(by, 'app', 'servicePrincipalId')) ??
    textOf(at(by, 'app', 'displayName')) ??
    said(event, properties, 'userId', 'servicePrincipalId', 'User ID', 'Service principal ID') ??
    textOf(at(claims, 'http://schemas.microsoft.com/identity/claims/objectidentifier')) ??
    textOf(at(claims, 'appid')) ??
    names.find((name) => name !== undefined);
  return { user, uid, isMicrosoft: user === undefined ? isService(at(by, 'app'), uid, caller) : isSupport(user) };
};

/** Whom an event is about. */
export interface AzureAbout extends AzureCaller {
  /** Who or what it acts on. */
  targets: readonly string[];
  ip: string | undefined;
  account: string | undefined;
}

/** Logs of storage and some exports do not say who: then it is where the call came from. */
export const entityFor = ({ user, uid, isMicrosoft, targets: [target], ip, account }: AzureAbout): string => {
  const who = isMicrosoft ? target : user;
  if (who !== undefined) return entityOf('user', who);
  if (uid !== undefined && !isMicrosoft) return entityOf('cloud-principal', uid);
  if (ip !== undefined) return entityOf('ip', ip);
  return isMicrosoft && account !== undefined ? entityOf('cloud-account', account) : entityOf('user', undefined);
};
