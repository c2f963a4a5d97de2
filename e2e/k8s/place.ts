import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { KubeObject } from '../../tools/k8s/src/objects.js';
import { kubectl, kubectlJson } from './programs.js';

/** A namespace for one installation, with the secrets that it expects. */
export interface KubePlace {
  namespace: string;
  /** Everything in it, but what the cluster itself puts there and events: `kind/name`, sorted. */
  inventory(): Promise<string[]>;
  /** Takes the namespace away. */
  leave(): Promise<void>;
}

const NOT_OURS = /^(events|events\.events\.k8s\.io|leases\.|endpoints$|pods\.metrics)/;

const listable = async (): Promise<string[]> =>
  (await kubectl(['api-resources', '--namespaced', '--verbs=list,delete', '--output=name']))
    .split('\n')
    .filter((name) => name && !NOT_OURS.test(name));

const secrets = (): string => {
  const made = execFileSync(process.execPath, ['tools/stack/bin/secrets.mjs']);
  const flags = ['--mongo', 'mongodb://{user}:x@store.invalid/', '--kafka'];
  return execFileSync(process.execPath, ['tools/k8s/bin/secrets.mjs', ...flags], { input: made, encoding: 'utf8' });
};

/** A disk for the lake, where the cluster has no class that makes one. */
const disk = async (namespace: string): Promise<string | undefined> => {
  const classes = await kubectlJson<{ items: unknown[] }>('get', 'storageclasses');
  if (classes.items.length > 0) return undefined;
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: namespace },
    spec: {
      capacity: { storage: '10Ti' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      hostPath: { path: `/tmp/${namespace}` },
      claimRef: { namespace, name: 'vigie-lake' },
    },
  };
  await kubectl(['apply', '--filename', '-'], JSON.stringify(volume));
  return namespace;
};

/** @param which names the installation, in the name of the namespace. */
export const makePlace = async (which: string): Promise<KubePlace> => {
  const namespace = `vigie-e2e-${which}-${randomBytes(3).toString('hex')}`;
  const restricted = ['enforce', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
  const object = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: Object.fromEntries(restricted) as Record<string, string> },
  };
  await kubectl(['create', '--filename', '-'], JSON.stringify(object));
  await kubectl(['apply', '--namespace', namespace, '--filename', '-'], secrets());
  const issuers = '--from-literal=token-issuers=[]';
  await kubectl(['create', 'configmap', 'vigie-identity', '--namespace', namespace, issuers]);
  const volume = await disk(namespace);
  return {
    namespace,
    inventory: async () => {
      const kinds = (await listable()).join(',');
      const { items } = await kubectlJson<{ items: KubeObject[] }>('get', kinds, '--namespace', namespace);
      return items.map(({ kind, metadata: { name } }) => `${kind}/${name}`).sort();
    },
    leave: async () => {
      await kubectl(['delete', 'namespace', namespace, '--timeout=120s']);
      if (volume) await kubectl(['delete', 'persistentvolume', volume, '--timeout=60s']);
    },
  };
};
