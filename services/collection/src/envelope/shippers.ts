/**
 * What shippers say around a line that they read, in their default settings: Beats, Logstash, Vector, Fluent Bit,
 * Fluentd, Docker's and Kubernetes' logs, Cribl. Their names alone stand beside the line; whoever says more wrote an
 * event of his own.
 */
import { NAMES_OF_SYSLOG } from '#libs/sigma';
import { isObject, timeOf, wholeOf } from '../sources/json-values.js';
import type { NativeJson, NativeObject, SaidAround } from '../sources/source.js';
import { nodeIn } from './nodes.js';
import { partsIn } from './parts.js';
import { hostOf, possible } from './said.js';

const OF_SHIPPERS = new Set(
  `@timestamp @version @metadata agent attrs aws azure beat cloud container container_id container_name data_stream date
  docker ecs event fields file file_path fileset gcp headers host hostname index input json k8s key kubernetes labels line log
  logtag message message_key MESSAGE msg o365 observer offset okta orchestrator partition path port prospector _p _raw
  _time service source source_ip source_type sourcetype stream tag tags time timestamp topic type`.split(/\s+/),
);
const OF_CRIBL = /^(?:cribl|__)/;

/** Where the line stands; `log` is a text at Fluent Bit and Docker, and an object in ECS; `json` what Filebeat parsed. */
export const LINE_NAMES = ['json', 'message', 'log', 'line', '_raw', 'MESSAGE', 'msg'] as const;
export type LineName = (typeof LINE_NAMES)[number];

/** Under these stands nothing but a line; under the others sources of lines read one themselves. */
export const NAMES_OF_LINES_ALONE: ReadonlySet<LineName> = new Set(['log', 'line', '_raw']);

/** Whether all that an object says beside its line is a shipper's. */
export const isOfShipper = (document: NativeObject): boolean =>
  Object.keys(document).every((name) => OF_SHIPPERS.has(name) || NAMES_OF_SYSLOG.has(name) || OF_CRIBL.test(name));

/** An object without what a shipper says: the line, and what is somebody's own. */
export const withoutShipper = (document: NativeObject): NativeObject =>
  Object.fromEntries(
    Object.entries(document).filter(
      ([name, value]) =>
        !OF_SHIPPERS.has(name) || (typeof value === 'string' && LINE_NAMES.some((one) => one === name)),
    ),
  );

/** Members that tell that a program in a container printed the line. */
const OF_CONTAINERS = [
  'kubernetes',
  'container',
  'docker',
  'container_id',
  'container_name',
  'k8s',
  'stream',
  'logtag',
];

/** Whether what a line says of its host is a program's word, and no logging daemon's. */
export const isPrinted = (document: NativeObject): boolean =>
  OF_CONTAINERS.some((name) => Object.hasOwn(document, name)) ||
  // Docker's own driver for Splunk.
  (document.line !== undefined && (document.source === 'stdout' || document.source === 'stderr'));

/** The same of OpenTelemetry's names, in what a protocol says around a line. */
const AS_ATTRIBUTES = /"(?:k8s\.(?:pod|container)\.name|container\.(?:id|name)|log\.iostream)":/;

/** @param said as JSON. */
export const isPrintedBy = (said: string | undefined): boolean => said !== undefined && AS_ATTRIBUTES.test(said);

const named = (of: NativeJson | undefined, ...names: string[]): string | undefined => {
  for (const name of isObject(of) ? names : []) {
    const host = isObject(of) ? hostOf(of[name]) : undefined;
    if (host !== undefined) return host;
  }
  return undefined;
};

/** The host that a shipper runs on or says that it read on. */
export const hostIn = (document: NativeObject): string | undefined => {
  const { host, hostname, beat, agent } = document;
  return (
    nodeIn(document) ??
    (isObject(host) ? named(host, 'name', 'hostname') : hostOf(host)) ??
    hostOf(hostname) ??
    named(beat, 'hostname', 'name') ??
    named(agent, 'hostname', 'name')
  );
};

const TIMES = ['@timestamp', 'timestamp', 'date', 'time', '_time'];

/** What a shipper says of when, epoch ms: best first. */
export const timesOfShipper = (document: NativeObject): number[] =>
  TIMES.map((name) => possible(timeOf(document[name]) ?? Number.NaN)).filter((one) => one !== undefined);

/** What Docker writes of a line, and nobody else: its time is when the line was printed. */
const isOfDocker = (document: NativeObject): boolean =>
  typeof document.log === 'string' && typeof document.stream === 'string' && document['@timestamp'] === undefined;

const BY = 'shipper';

/** @param under where the line stands, which is left out of it, also where Logstash keeps it once more. */
export const saidIn = (document: NativeObject, under: LineName): SaidAround => {
  const { [under]: text, event, ...said } = document;
  const about = isObject(event) && event.original === text ? { ...event, original: undefined } : event;
  const isDocker = isOfDocker(document);
  const written = possible((wholeOf(document.__REALTIME_TIMESTAMP) ?? Number.NaN) / 1_000);
  const at = written ?? timesOfShipper(document)[0];
  const parts = partsIn(document);
  return {
    by: BY,
    // The journal says when it was written, to the microsecond.
    ...(at === undefined ? {} : { at, isObserved: !isDocker && written === undefined }),
    host: hostIn(document),
    isPrinted: isPrinted(document),
    ...(parts && { parts }),
    said: [about === undefined ? said : { ...said, event: about }],
  };
};

/**
 * The same of one that stands in a text: whoever wrote that may have written this, too, and is not believed when and
 * where it was. That Docker says when a line was printed is the time of a line, as any other that a line begins with.
 */
export const inText = ({ at, isObserved, host: _host, parts: _parts, ...said }: SaidAround): SaidAround =>
  at !== undefined && isObserved === false ? { ...said, at, isObserved } : said;

/** What shippers that passed a line on to each other said: whoever was nearer to the line counts. */
export const bothSaid = (outer: SaidAround | undefined, inner: SaidAround): SaidAround =>
  outer
    ? {
        ...(inner.at === undefined ? outer : inner),
        host: inner.host ?? outer.host,
        isPrinted: inner.isPrinted === true || outer.isPrinted === true,
        said: [...outer.said, ...inner.said],
      }
    : inner;

const CONTAINER_LINE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP](?::[A-Z]{1,8})?)(?: |$)/;

/** A line as Kubernetes' runtimes write it: when it was printed, where to, whether it is whole; undefined for others. */
export const containerLine = (line: string): { said: SaidAround; text: string } | undefined => {
  const [before, time, stream, logtag] = CONTAINER_LINE.exec(line) ?? [];
  if (before === undefined || time === undefined) return undefined;
  const at = possible(timeOf(time) ?? Number.NaN);
  return {
    said: {
      by: BY,
      ...(at === undefined ? {} : { at, isObserved: false }),
      isPrinted: true,
      said: [{ time, stream, logtag }],
    },
    text: line.slice(before.length),
  };
};
