import { entityName, sameHost, sameUser } from './names.js';

const KINDS = { HOST: ['host', 'ip'], USER: ['user', 'mailbox', 'cloud-principal'] } as const;
const LIKENESS = { HOST: sameHost, USER: sameUser } as const;

/**
 * True if an exclusion of `entity` (`kind:value`) names the target by any of its names. In doubt an exclusion holds: a
 * name without its realm is the same as any with it (`host:web01`, `host:web01.acme.example`), and so are two user
 * names written in different ways (`user:acme\alice`, `user:alice@acme.example`); a kind that stands for neither hosts
 * nor users stands for both.
 */
export const excludes = (entity: string, kind: 'HOST' | 'USER', names: readonly string[]): boolean => {
  const excluded = entityName(entity);
  const others: readonly string[] = KINDS[kind === 'HOST' ? 'USER' : 'HOST'];
  return !others.includes(excluded.kind) && names.some((name) => LIKENESS[kind](excluded.name, name) !== 'DIFFERENT');
};
