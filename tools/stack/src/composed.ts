import { resolve } from 'node:path';
import { load } from 'js-yaml';
import { Fault } from '#libs/model';
import { MINUTE_MS } from '#libs/terms';

/** A service of docker-compose.yml, as the engine must know it to run its container; times in milliseconds. */
export interface ComposedService {
  image: string;
  entrypoint: string[];
  command: string[];
  environment: Record<string, string>;
  ports: { host: number; container: number }[];
  volumes: { source: string; target: string; mode: 'rw' | 'ro' }[];
  /** Options by path. */
  tmpfs: Record<string, string>;
  dropped: string[];
  added: string[];
  health: { test: string[]; interval: number; timeout: number; retries: number; startPeriod: number };
}

interface WrittenService {
  image: string;
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  cap_drop?: string[];
  cap_add?: string[];
  healthcheck: { test: string[]; interval: string; timeout: string; retries: number; start_period: string };
}

const NAMED = /\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})/g;

/** `${NAME}`, `${NAME:-otherwise}`, `${NAME:?why it is needed}` and `$$`, in every text of the value. */
const filled = (value: unknown, given: Readonly<Record<string, string>>): unknown => {
  if (typeof value === 'string')
    return value.replace(NAMED, (whole: string, name?: string, kind?: string, text?: string) => {
      if (whole === '$$') return '$';
      const known = given[name ?? ''];
      if (known !== undefined) return known;
      if (kind === '?') throw new Fault(`${name} is not set: ${text}`);
      return text ?? '';
    });
  if (Array.isArray(value)) return value.map((one) => filled(one, given));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, given)]));
};

const UNIT_MS: Record<string, number> = { s: 1_000, m: MINUTE_MS };
const durationOf = (text: string): number => Number.parseInt(text, 10) * (UNIT_MS[text.at(-1) ?? ''] ?? Number.NaN);

const portOf = (text: string): ComposedService['ports'][number] => {
  const [container = 0, host = 0] = text.split(':').reverse().map(Number);
  return { host, container };
};

/** A path of the checkout is bound as it is; a named volume belongs to the project alone. */
const volumeOf = (text: string, project: string): ComposedService['volumes'][number] => {
  const [source = '', target = '', mode] = text.split(':');
  return {
    source: source.startsWith('.') ? resolve(source) : `${project}-${source}`,
    target,
    mode: mode === 'ro' ? 'ro' : 'rw',
  };
};

/**
 * @param text of docker-compose.yml. @param given values of the names it asks for.
 * @throws Fault when one that it cannot do without is not given.
 */
export const composed = (
  text: string,
  name: string,
  project: string,
  given: Readonly<Record<string, string>>,
): ComposedService => {
  const written = (load(text) as { services: Record<string, unknown> }).services[name];
  if (!written) throw new Fault(`docker-compose.yml has no service ${name}`);
  const { image, healthcheck: health, ...rest } = filled(written, given) as WrittenService;
  return {
    image,
    entrypoint: rest.entrypoint ?? [],
    command: rest.command ?? [],
    environment: Object.fromEntries(Object.entries(rest.environment ?? {}).map(([key, one]) => [key, String(one)])),
    ports: (rest.ports ?? []).map(portOf),
    volumes: (rest.volumes ?? []).map((one) => volumeOf(one, project)),
    tmpfs: Object.fromEntries((rest.tmpfs ?? []).map((one) => one.split(':') as [string, string])),
    dropped: rest.cap_drop ?? [],
    added: rest.cap_add ?? [],
    health: {
      test: health.test,
      retries: health.retries,
      interval: durationOf(health.interval),
      timeout: durationOf(health.timeout),
      startPeriod: durationOf(health.start_period),
    },
  };
};
