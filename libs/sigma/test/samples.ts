import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as load } from 'yaml';
import type { Json, JsonObject, SourceKind } from '../src/types.js';
import { readLines, zipLines } from './pack.js';

/** Events of real systems in the developers' data pack, by kind, in the forms they come in. */
export const samplesIn = async (pack: string): Promise<Partial<Record<SourceKind, JsonObject[]>>> => ({
  linux: [
    ...(await recorded(pack, 'syslog_auoms_auditd')),
    ...(await recorded(pack, 'syslog_sysmon')),
    ...auditEvents(join(pack, 'endpoint-linux')),
    ...goldens(join(pack, 'endpoint-linux')),
    ...syslogLines(pack, 'endpoint-linux/sc4s/linux_syslog.jsonl'),
  ],
  macos: [
    ...jsonFiles(join(pack, 'endpoint-macos', 'jamfprotect'))
      .filter(({ path }) => path.includes('/samples/'))
      .map(({ value }) => value),
    ...vendor(pack, 'jamf_protect', 'jamfprotect'),
  ],
  zeek: filesUnder(join(pack, 'network-zeek'), '.log').flatMap((path) => zeekEvents(readFileSync(path, 'utf8'))),
  'web-proxy': [
    ...vendor(pack, 'zscaler', 'zscaler').filter((event) => event.sourcetype === 'zscalernss-web'),
    ...syslogLines(pack, 'syslog-vendors/sc4s/zscaler_proxy.jsonl'),
  ],
  dns: [
    ...vendor(pack, 'zscaler', 'zscaler').filter((event) => event.sourcetype === 'zscalernss-dns'),
    ...vendor(pack, 'bind9', 'bind9'),
  ],
  firewall: ['fortinet_ngfw', 'palo_alto', 'cisco_asa', 'pfsense'].flatMap((name) =>
    syslogLines(pack, `syslog-vendors/sc4s/${name}.jsonl`),
  ),
  'web-server': [
    ...labelled(pack, 'cloudflare_rules.jsonl'),
    ...vendor(pack, 'akamai_datastream_2', 'akamai.datastream'),
    ...vendor(pack, 'f5-distributed-cloud', 'f5-distributed-cloud-services'),
  ],
});

/** An attack on a Linux server, as Azure's collectors forwarded it. */
const recorded = async (pack: string, name: string): Promise<JsonObject[]> => {
  const events: JsonObject[] = [];
  for await (const line of zipLines(
    join(pack, 'otrf', 'compound', 'Log4Shell', `${name}_log4shell_cve2021_44228_jndi_reference.zip`),
  ))
    events.push(JSON.parse(line) as JsonObject);
  return events;
};

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));

const jsonFiles = (folder: string): { path: string; value: JsonObject }[] =>
  filesUnder(folder, '.json').map((path) => ({ path, value: JSON.parse(readFileSync(path, 'utf8')) as JsonObject }));

/** The records of each event as one text. */
const auditEvents = (folder: string): JsonObject[] =>
  filesUnder(folder, '.log')
    .filter((path) => !path.includes('comments'))
    .flatMap((path) => {
      const byId = new Map<string, string[]>();
      for (const line of readFileSync(path, 'utf8').split('\n')) {
        const id = /msg=audit\(([^)]*)\)/.exec(line)?.[1];
        if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), line]);
      }
      return [...byId.values()].map((lines): JsonObject => ({ message: lines.join('\n'), host: { name: 'h' } }));
    });

const goldens = (folder: string): JsonObject[] =>
  filesUnder(folder, '.json.golden').flatMap((path) =>
    (JSON.parse(readFileSync(path, 'utf8')) as { event: JsonObject }[]).map(({ event }) => event),
  );

const syslogLines = (pack: string, path: string): JsonObject[] =>
  readLines<{ message_rendered: string }>(join(pack, path)).map((one) => ({ message: one.message_rendered }));
const labelled = (pack: string, name: string): JsonObject[] =>
  readLines<{ event: JsonObject }>(join(pack, 'panther-labelled', name)).map(({ event }) => event);

const vendor = (pack: string, folder: string, name: string): JsonObject[] => {
  const path = join(
    pack,
    'normalised-oracles',
    'datadog-integrations-extras',
    folder,
    'assets',
    'logs',
    `${name}_tests.yaml`,
  );
  const { tests } = load(readFileSync(path, 'utf8')) as { tests: { sample: string }[] };
  return tests.map(({ sample }) =>
    sample.trimStart().startsWith('{') ? (JSON.parse(sample) as JsonObject) : { message: sample },
  );
};

/** A log with headers as the JSON that Zeek writes of the same. */
const zeekEvents = (text: string): JsonObject[] => {
  let [log, names, types]: [string, string[], string[]] = ['', [], []];
  const events: JsonObject[] = [];
  for (const line of text.split('\n')) {
    const cells = line.split('\t');
    if (cells[0] === '#path') log = cells[1] ?? '';
    else if (cells[0] === '#fields') names = cells.slice(1);
    else if (cells[0] === '#types') types = cells.slice(1);
    else if (!line.startsWith('#') && cells.length === names.length)
      events.push({
        _path: log,
        ...Object.fromEntries(
          names.flatMap((name, place) =>
            cells[place] === '-' ? [] : [[name, zeekValue(types[place] ?? '', cells[place] ?? '')]],
          ),
        ),
      });
  }
  return events;
};

const zeekValue = (type: string, cell: string): Json => {
  if (/^(vector|set)/.test(type)) return cell.split(',');
  if (type === 'bool') return cell === 'T';
  return /^(count|int|port|double|time|interval)$/.test(type) ? Number(cell) : cell;
};
