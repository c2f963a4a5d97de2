/**
 * Flow logs of Azure: tuples of text, thousands in one record. Each is an event of its own, which says the record's
 * members and its own under names.
 * https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview#log-format, nsg-flow-logs-overview
 */
import { at, isObject, textOf } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';
import { textIn, without, type WrappedPart, type Wrapper } from './wrapper.js';

const PROTOCOLS = new Map([
  ['T', 'tcp'],
  ['U', 'udp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
]);
const ENDS = new Map([
  ['I', 'inbound'],
  ['O', 'outbound'],
  ['A', 'allowed'],
  ['D', 'denied'],
]);
const COUNTS = ['packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived'];

const secondsOf = (time: string): string | undefined => {
  const number = /^\d{10}(?:\d{3})?$/.test(time) ? Number(time) : Number.NaN;
  return Number.isNaN(number) ? undefined : new Date(number < 1e11 ? number * 1000 : number).toISOString();
};

/** Of security groups: …, direction, decision, state. Of networks: …, direction, state, encryption; denied is a state. */
const membersOf = (tuple: string, isOfNetwork: boolean): NativeObject => {
  const [time = '', src, dst, srcPort, dstPort, protocol = '', direction = '', ...rest] = tuple.split(',', 16);
  const [decision = '', state] = isOfNetwork ? [rest[0] === 'D' ? 'D' : 'A', rest[0]] : rest;
  const counts = rest.slice(2, 2 + COUNTS.length);
  const said: [string, string | undefined][] = [
    ['time', secondsOf(time)],
    ['sourceAddress', src],
    ['destinationAddress', dst],
    ['sourcePort', srcPort],
    ['destinationPort', dstPort],
    ['protocol', PROTOCOLS.get(protocol) ?? protocol],
    ['direction', ENDS.get(direction)],
    ['action', ENDS.get(decision)],
    ['flowState', state],
    ['encryption', isOfNetwork ? rest[1] : undefined],
    ...counts.map((count, place): [string, string] => [COUNTS[place] ?? '', count]),
  ];
  return Object.fromEntries(said.filter(([, value]) => value !== undefined && value !== ''));
};

const listAt = (value: NativeJson | undefined, ...path: string[]): NativeJson[] => {
  const found = path.length === 0 ? value : at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** Tuples, each with what stands around it in the record: the rule, the adapter. */
function* tuplesIn(value: NativeObject): Generator<NativeObject> {
  const flows = [...listAt(value, 'properties', 'flows'), ...listAt(value, 'flowRecords', 'flows')];
  for (const flow of flows.filter(isObject))
    for (const group of [...listAt(flow.flows), ...listAt(flow.flowGroups)].filter(isObject)) {
      const [rule, mac, aclID] = [textOf(group.rule) ?? textOf(flow.rule), textOf(group.mac), textOf(flow.aclID)];
      const said = { ...(rule && { rule }), ...(mac && { mac }), ...(aclID && { aclID }) };
      for (const flowTuple of listAt(group.flowTuples)) yield { ...said, flowTuple };
    }
}

const flowLog = (mark: 'properties' | 'flowRecords'): Wrapper => ({
  by: 'azure',
  mark,
  besides: '"flowTuples"',
  open: function* (value) {
    const record = without(value, 'time', 'properties', 'flowRecords');
    for (const own of tuplesIn(value)) {
      const named = membersOf(textIn(own.flowTuple) ?? '', mark === 'flowRecords');
      const bytes = Buffer.from(JSON.stringify({ ...named, ...record, ...own }));
      yield { bytes, is: 'event', said: {}, wrap: (inner) => inner } satisfies WrappedPart;
    }
  },
});

export const flowTuples: Wrapper[] = [flowLog('properties'), flowLog('flowRecords')];
