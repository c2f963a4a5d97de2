/** Kubernetes objects, as far as this room looks into them. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
}

export interface SecretKeyRef {
  name: string;
  key: string;
}

export interface EnvEntry {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: SecretKeyRef; configMapKeyRef?: SecretKeyRef };
}

export interface KubeContainer {
  name: string;
  args?: string[];
  env?: EnvEntry[];
  volumeMounts?: { name: string; mountPath: string }[];
}

export interface Workload extends KubeObject {
  spec: { template: { metadata: { labels: Record<string, string> }; spec: { containers: KubeContainer[] } } };
}

export interface KafkaUserObject extends KubeObject {
  spec: {
    authentication: { type: string; password?: { valueFrom: { secretKeyRef: SecretKeyRef } } };
    authorization: {
      acls: { resource: { type: string; name: string; patternType: string }; operations: string[] }[];
    };
  };
}

export interface KafkaTopicObject extends KubeObject {
  spec: { partitions: number; replicas: number; config: Record<string, string> };
}

/** Those of a kind. */
export const ofKind = <Kind extends KubeObject = KubeObject>(objects: KubeObject[], ...kinds: string[]): Kind[] =>
  objects.filter(({ kind }) => kinds.includes(kind)) as Kind[];

/** The services' own. */
export const workloadsOf = (objects: KubeObject[]): Workload[] =>
  ofKind<Workload>(objects, 'Deployment', 'StatefulSet');
