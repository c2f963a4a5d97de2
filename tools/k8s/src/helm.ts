import { execFileSync, spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from './objects.js';

/** Why specs of the chart are skipped; undefined where helm is there. */
export const withoutHelm: string | undefined =
  spawnSync('helm', ['version', '--short'], { stdio: 'ignore' }).status === 0 ? undefined : 'no helm';
if (withoutHelm) process.stderr.write(`chart: skipped: ${withoutHelm}\n`);

/** What the release of the specs is called, and where it is. */
export const RELEASE = 'vigie';

export const CHART = 'k8s/chart';
export const BARE = ['--set', 'strimzi.enabled=false,keda.enabled=false,monitoring.enabled=false'];

/** The flags of each installation that the specs look at. */
export const INSTALLATIONS: Record<string, string[]> = {
  default: [],
  small: ['--values', `${CHART}/values-small.yaml`],
  large: ['--values', `${CHART}/values-large.yaml`],
  bare: BARE,
  whole: ['--values', 'tools/k8s/fixtures/whole.yaml'],
};

const template = (flags: readonly string[], release = RELEASE): string[] => [
  ...['template', release, CHART, '--namespace', RELEASE],
  ...flags,
];

/** Why helm does not render an installation with these flags; undefined when it does. */
export const refusal = (flags: readonly string[]): string | undefined => {
  const { status, stderr } = spawnSync('helm', template(flags), { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? undefined : stderr;
};

/** The objects of manifests. */
export const objectsIn = (text: string): KubeObject[] =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as KubeObject | null) ?? []);

/** What an installation with these flags consists of. @throws Error with what helm says. */
export const render = (flags: readonly string[], release = RELEASE): KubeObject[] => {
  const text = execFileSync('helm', template(flags, release), {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return objectsIn(text);
};
