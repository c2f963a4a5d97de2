import type { ActionTarget } from '#contracts';
import type { VendorApi, IdentityAnswer } from '../connector.js';
import { Unsupported, VendorRefused } from '../../session/errors.js';
import { getMachine, listMachines, type DefenderMachine } from './endpoints.js';

/** Ids as published are SHA-1 in hexadecimal; no host name is as long without a dot. */
const ID = /^[0-9a-f]{40}$/;
const NAME = /^[a-z0-9_][a-z0-9_-]{0,62}(\.[a-z0-9_][a-z0-9_-]{0,62})*$/;

/** By id, or by every machine of that name: a short one is also each full name that begins with it. */
const candidates = async (api: VendorApi, name: string, signal?: AbortSignal): Promise<DefenderMachine[]> => {
  if (ID.test(name)) return [await api.call(getMachine, { at: { id: name }, signal })];
  const search = async (filter: string): Promise<DefenderMachine[]> =>
    (await api.call(listMachines, { query: { $filter: filter }, signal })).value;
  const longer = name.includes('.') ? [] : await search(`startswith(computerDnsName,'${name}.')`);
  return [...longer, ...(await search(`computerDnsName eq '${name}'`))];
};

const namesOf = ({ id, computerDnsName, aadDeviceId, lastIpAddress, ipAddresses }: DefenderMachine): string[] =>
  [id, computerDnsName, aadDeviceId, lastIpAddress, ...(ipAddresses ?? []).map(({ ipAddress }) => ipAddress)].flatMap(
    (name) => name?.toLowerCase() || [],
  );

/**
 * The service takes names, ids and addresses for each other; an answer about a machine of another name is not believed.
 */
const isAsked = (name: string, { id, computerDnsName }: DefenderMachine): boolean => {
  const dnsName = (computerDnsName ?? '').toLowerCase().replace(/\.+$/, '');
  return name === id.toLowerCase() || name === dnsName || (!name.includes('.') && dnsName.startsWith(`${name}.`));
};

/** By host name or machine id. An address is given to others, and names nobody. */
export const identify = async (api: VendorApi, { id }: ActionTarget, signal?: AbortSignal): Promise<IdentityAnswer> => {
  // The name comes from events and goes into a query.
  const name = id.trim().toLowerCase().replace(/\.+$/, '');
  if (!NAME.test(name) || (/^[\d.]+$/.test(name) && !ID.test(name)))
    throw new Unsupported(`"${id}" is not a host name`);
  const machines = await candidates(api, name, signal).catch((error: unknown) => {
    if (error instanceof VendorRefused && error.status === 404) return [];
    throw error;
  });
  const found = [
    ...new Map(machines.filter((machine) => isAsked(name, machine)).map((machine) => [machine.id, machine])).values(),
  ];
  const [machine] = found;
  if (!machine) return { outcome: 'NOT_FOUND', detail: `no machine called ${name} is known` };
  if (found.length > 1) return { outcome: 'AMBIGUOUS', detail: `${found.length} machines are called ${name}` };
  return {
    outcome: 'FOUND',
    vendorId: machine.id,
    name: machine.computerDnsName || machine.id,
    names: namesOf(machine),
    detail: `${name} is the machine ${machine.computerDnsName ?? ''} (${machine.id})`,
  };
};
