import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../../tools/k8s/src/objects.js';
import { answers, kubectl, program, type ProgramOutput } from './programs.js';

interface OpenApi {
  components: {
    schemas: Record<string, { 'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[] }>;
  };
}

const pathOf = (apiVersion: string): string => (apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`);
const kindAt = ({ apiVersion, kind }: KubeObject): string => `${apiVersion.replace('/', '-')}-${kind}`.toLowerCase();

/** The server's own schema of every kind among the objects, a file each, as kubeconform looks for them. */
const writeSchemas = async (folder: string, objects: KubeObject[]): Promise<void> => {
  const kinds = new Map(objects.map((object) => [kindAt(object), object]));
  const documents = new Map<string, OpenApi>();
  for (const [name, { apiVersion, kind }] of kinds) {
    const document =
      documents.get(apiVersion) ??
      (JSON.parse(await kubectl(['get', '--raw', `/openapi/v3/${pathOf(apiVersion)}`])) as OpenApi);
    documents.set(apiVersion, document);
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const schema = Object.entries(document.components.schemas).find(([, { 'x-kubernetes-group-version-kind': of }]) =>
      of?.some((one) => one.group === group && one.version === version && one.kind === kind),
    );
    if (!schema) throw new Error(`the server knows no ${apiVersion} ${kind}`);
    const $ref = `#/components/schemas/${schema[0]}`;
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...document, $ref }));
  }
};

const withFile = async <Answer>(objects: KubeObject[], work: (file: string, folder: string) => Promise<Answer>) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-k8s-'));
  try {
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    return await work(file, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Why a validator does not run; undefined where it is there. */
export const withoutValidator = (name: string, ...version: string[]): string | undefined =>
  answers(name, ...version) ? undefined : `no ${name}`;

/** @returns what kubeconform counted. @throws Error with what it found. */
export const kubeconform = (objects: KubeObject[]): Promise<string> =>
  withFile(objects, async (file, folder) => {
    await writeSchemas(folder, objects);
    const schemas = join(folder, '{{ .Group }}-{{ .ResourceAPIVersion }}-{{ .ResourceKind }}.json');
    const core = join(folder, '{{ .ResourceAPIVersion }}-{{ .ResourceKind }}.json');
    const flags = ['-summary', '-schema-location', schemas, '-schema-location', core];
    return (await program('kubeconform', [...flags, file])).out.trim();
  });

/**
 * What kube-score holds against us and is meant so: the image's own user is 1000; processor time that nobody else wants
 * may be taken; what a pod writes is bounded by its volumes; a tag or digest is pulled once; nobody calls a replica of
 * hunting by its name.
 */
const MEANT = [
  'container-security-context-user-group-id',
  'container-ephemeral-storage-request-and-limit',
  'container-image-pull-policy',
  'statefulset-has-servicename',
];

/** @returns what was meant. @throws Error with what is critical to kube-score. */
export const kubeScore = (objects: KubeObject[]): Promise<string> =>
  withFile(objects, async (file) => {
    const ignored = MEANT.flatMap((name) => ['--ignore-test', name]);
    const flags = ['--output-format', 'ci', '--ignore-container-cpu-limit', ...ignored];
    const { out } = await program('kube-score', ['score', ...flags, file]).catch((error: ProgramOutput) => error);
    const critical = out.split('\n').filter((line) => line.startsWith('[CRITICAL]'));
    if (critical.length > 0 || !out.includes('[OK]')) throw new Error(critical.join('; ') || out);
    return 'nothing critical beside what is meant';
  });
