import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { answers, kubectl, kubectlJson, program } from './programs.js';

interface DefinitionObject {
  kind: string;
  metadata: { name: string };
  spec: { names: { kind: string }; group: string; versions: { name: string; schema: { openAPIV3Schema: object } }[] };
}

/** What of the operators' definitions the chart uses. */
const NEEDED = [
  'kafkas.kafka.strimzi.io',
  'kafkanodepools.kafka.strimzi.io',
  'kafkatopics.kafka.strimzi.io',
  'kafkausers.kafka.strimzi.io',
  'mongodbcommunity.mongodbcommunity.mongodb.com',
  'prometheusrules.monitoring.coreos.com',
  'scaledobjects.keda.sh',
  'servicemonitors.monitoring.coreos.com',
  'triggerauthentications.keda.sh',
];
const KEDA = 'github.com/kedacore/keda/v2@v2.18.0';

/** KEDA's come with its Go module; the others' only with their repositories: their files are given. */
const kedaFolder = async (): Promise<string[]> => {
  if (!answers('go', 'version')) return [];
  try {
    const { Dir } = JSON.parse((await program('go', ['mod', 'download', '-json', KEDA])).out) as { Dir: string };
    return [join(Dir, 'config/crd/bases')];
  } catch {
    return [];
  }
};

const definitionsIn = (folder: string): DefinitionObject[] =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .flatMap((document) => (document.toJS() as DefinitionObject | null) ?? [])
    .filter(({ kind }) => kind === 'CustomResourceDefinition');

export interface Operators {
  /** Definitions that the chart needs and nobody gave. */
  lacking: string[];
  /** Takes away what was put there. */
  forget(): Promise<void>;
}

/** Puts the definitions that the cluster lacks there, from folders of files. */
export const defineOperators = async (folders: readonly string[]): Promise<Operators> => {
  const there = await kubectlJson<{ items: { metadata: { name: string } }[] }>('get', 'customresourcedefinitions');
  const known = new Set(there.items.map(({ metadata }) => metadata.name));
  const found = [...folders, ...(await kedaFolder())].flatMap(definitionsIn);
  const put = found.filter(({ metadata: { name } }) => NEEDED.includes(name) && !known.has(name));
  if (put.length > 0) {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: put });
    await kubectl(['apply', '--server-side', '--filename', '-'], list);
    const names = put.map(({ metadata }) => `customresourcedefinition/${metadata.name}`);
    await kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
  }
  const names = put.map(({ metadata }) => metadata.name);
  return {
    lacking: NEEDED.filter((name) => !known.has(name) && !names.includes(name)),
    forget: async () => {
      if (names.length > 0) await kubectl(['delete', 'customresourcedefinition', '--timeout=120s', ...names]);
    },
  };
};
