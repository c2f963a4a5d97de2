import type { KubeContainer, SecretKeyRef } from './objects.js';

/** Texts of Secrets and ConfigMaps, by name and key. */
export type Kept = Record<string, Record<string, string>>;

/**
 * What a process of the container is given.
 * @throws Error naming a Secret or ConfigMap, or a key of it, that is not there; and a name that stands twice.
 */
export const environmentIn = ({ env = [] }: KubeContainer, kept: Kept): Record<string, string> => {
  const textOf = (ref: SecretKeyRef): string => {
    const text = kept[ref.name]?.[ref.key];
    if (text === undefined) throw new Error(`nothing keeps ${ref.name}/${ref.key}`);
    return text;
  };
  const environment: Record<string, string> = {};
  for (const { name, value, valueFrom } of env) {
    if (name in environment) throw new Error(`${name} stands twice`);
    const ref = valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef;
    environment[name] = ref ? textOf(ref) : (value ?? '');
  }
  return environment;
};

/** The environment, and which of its names somebody asked for. */
export const watched = (environment: Record<string, string>) => {
  const asked = new Set<string>();
  const seen = new Proxy(environment, {
    get: (target, name) => {
      if (typeof name === 'string') asked.add(name);
      return Reflect.get(target, name) as unknown;
    },
  });
  return { environment: seen, unasked: () => Object.keys(environment).filter((name) => !asked.has(name)) };
};
