import type { Environment } from '#libs/service';

const prefixOf = (service: string): string => `${service.toUpperCase()}__`;

/**
 * The environment of one process of several services: each variable under the name of its service, as
 * `CASES__MONGO_URL`.
 */
export const togetherEnvironment = (of: Readonly<Record<string, Environment>>): Record<string, string> => {
  const all: Record<string, string> = {};
  for (const [service, environment] of Object.entries(of))
    for (const [variable, value] of Object.entries(environment))
      if (value !== undefined) all[`${prefixOf(service)}${variable}`] = value;
  return all;
};

/** Takes what is a service's own out of such an environment: undefined when nothing is. */
export const takeOwn = (service: string, all: Record<string, string | undefined>): Environment | undefined => {
  const prefix = prefixOf(service);
  const own: Record<string, string | undefined> = {};
  for (const [variable, value] of Object.entries(all)) {
    if (!variable.startsWith(prefix)) continue;
    own[variable.slice(prefix.length)] = value;
    Reflect.deleteProperty(all, variable);
  }
  return Object.keys(own).length > 0 ? own : undefined;
};
