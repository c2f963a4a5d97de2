/** Webhooks that somebody registered: in the secrets file of the installation, under `hooks/<id>` of their tenant. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readSecrets } from '#libs/outbound';
import { isSource } from '#libs/terms';

const header = z
  .string()
  .regex(/^[\w-]{1,100}$/)
  .transform((name) => name.toLowerCase());
const key = z.string().min(16).max(4_096);
const source = z.string().refine(isSource);

/** How a sender shows that it is who it says, with the key that both know. */
const hookShape = z.discriminatedUnion('scheme', [
  /** Okta's event hooks: the key stands in a header. */
  z.object({ scheme: z.literal('okta'), source, key, header: header.default('authorization') }),
  z.object({ scheme: z.literal('github'), source, key }),
  z.object({ scheme: z.literal('standard'), source, key }),
  z.object({
    scheme: z.literal('hmac'),
    source,
    key,
    header: header.default('x-signature'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    /** Before the signature in its header, such as `sha256=`. */
    prefix: z.string().max(100).default(''),
    /** Has the time, in seconds or ms, that is signed before the body, with a dot between. */
    timestampHeader: header.optional(),
  }),
]);

/** A registered webhook: whose it is, where its events go, and how they are signed. */
export type Hook = z.infer<typeof hookShape>;

/** @returns undefined for one that is not registered. */
export type Hooks = (tenant: string, id: string) => Hook | undefined;

const REF = /^hooks\/(.+)$/;
/** A file is looked at again after this, so that a change needs no restart. */
const FRESH_MS = 1_000;

const hookIn = (secret: string): Hook | undefined => {
  try {
    return hookShape.safeParse(JSON.parse(secret)).data;
  } catch {
    return undefined;
  }
};

/** The hooks of a text of secrets, by `<tenant> <id>`, and what is wrong with it; no value is repeated. */
export const hooksIn = (text: string): { hooks: Map<string, Hook>; problems: string[] } => {
  const { entries, problems } = readSecrets(text);
  const hooks = new Map<string, Hook>();
  for (const { tenant, ref, secret } of entries) {
    const [, id] = REF.exec(ref) ?? [];
    if (id === undefined) continue;
    const hook = hookIn(secret);
    if (hook) hooks.set(`${tenant} ${id}`, hook);
    else
      problems.push(`${tenant}/${ref} is no webhook: {"scheme", "source", "key"} with a key of 16 characters or more`);
  }
  return { hooks, problems };
};

/**
 * Hooks from a file that only the service can read; none without one.
 * @param tell hears what is wrong with it, once for each way it is.
 */
export const hooksFrom = (file: string, now: () => number, tell: (problems: string[]) => void): Hooks => {
  if (file === '') return () => undefined;
  let [hooks, readAt, told] = [new Map<string, Hook>(), -Infinity, ''];
  const refresh = (): void => {
    readAt = now();
    let problems = ['it cannot be read'];
    try {
      ({ hooks, problems } = hooksIn(readFileSync(file, 'utf8')));
    } catch {
      hooks = new Map();
    }
    if (problems.length > 0 && problems.join() !== told) tell(problems);
    told = problems.join();
  };
  return (tenant, id) => {
    if (now() - readAt >= FRESH_MS) refresh();
    return hooks.get(`${tenant} ${id}`);
  };
};
