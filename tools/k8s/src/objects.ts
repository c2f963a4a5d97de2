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

export interface KubePodSpec {
  containers: KubeContainer[];
  nodeSelector?: Record<string, string>;
  tolerations?: object[];
  priorityClassName?: string;
  volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
}

export interface KubeContainer {
  name: string;
  command?: string[];
  args?: string[];
  env?: EnvEntry[];
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
}

export interface Workload extends KubeObject {
  spec: { replicas?: number; template: { metadata: { labels: Record<string, string> }; spec: KubePodSpec } };
}

/** Without `authorization` it is the superuser, and has no rights of its own. */
export interface KafkaUserObject extends KubeObject {
  spec: {
    authentication: { type: string; password?: { valueFrom: { secretKeyRef: SecretKeyRef } } };
    authorization?: {
      acls: { resource: { type: string; name: string; patternType: string }; operations: string[] }[];
    };
  };
}

export interface KafkaTopicObject extends KubeObject {
  spec: { partitions: number; replicas: number; config: Record<string, string> };
}

export interface CronJobObject extends KubeObject {
  spec: { suspend?: boolean; jobTemplate: { spec: { template: { spec: KubePodSpec } } } };
}

/** KEDA's. */
export interface ScaledObject extends KubeObject {
  spec: {
    minReplicaCount: number;
    maxReplicaCount: number;
    triggers: { type: string; metadata: Record<string, string>; authenticationRef?: { name: string } }[];
  };
}

/** Those of a kind. */
export const ofKind = <Kind extends KubeObject = KubeObject>(objects: KubeObject[], ...kinds: string[]): Kind[] =>
  objects.filter(({ kind }) => kinds.includes(kind)) as Kind[];

/** The services' own. */
export const workloadsOf = (objects: KubeObject[]): Workload[] =>
  ofKind<Workload>(objects, 'Deployment', 'StatefulSet');

/** What the first container of a pod is given: texts, and keys of Secrets, by name. */
export const referencesOf = ({
  containers: [container],
}: KubePodSpec): Record<string, string | SecretKeyRef | undefined> =>
  Object.fromEntries(
    (container?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef]),
  );
