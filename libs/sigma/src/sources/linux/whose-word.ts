/** Whom systemd's journal says that a record is of: members that begin with `_` are its own, and nobody else sets them. */
import type { JsonObject } from '../../json.js';
import { textAt } from '../shared/derived.js';

const TRANSPORT = ['_TRANSPORT', 'systemd.transport'];
const USER = ['_UID', 'journald.uid'];
const NAME = ['_COMM', 'journald.process.name'];
const FILE = ['_EXE', 'journald.process.executable'];

/** What no program says itself. */
const OF_KERNEL: ReadonlySet<string> = new Set(['kernel', 'audit']);
/** Says what it is told to say, under any name. */
const ANYBODY = 'logger';
/** A program that is many, by the name that it is called by. */
const MANY = 'busybox';
/** Of a name the kernel keeps no more. */
const LONGEST_NAME = 15;

/** `/usr/sbin/sshd (deleted)`, `/nix/store/…/.sudo-wrapped`: the file's name. */
const programOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/ \(deleted\)$/, '')
    .replace(/^\./, '')
    .toLowerCase();

/** `sshd` and its `sshd-session`, `cron` and `crond`. */
const isSame = (one: string, other: string): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || long === `${short}d` || long.startsWith(`${short}-`) || cutShort(short, long);
};
const cutShort = (short: string, long: string): boolean => short.length === LONGEST_NAME && long.startsWith(short);

/** `program`: it is said, by who is none; `text`: some user's program says it, and not the kernel, audit or root. */
export interface NotBelieved {
  program: boolean;
  text: boolean;
}

/**
 * What is not believed of a record of the journal: that it is the kernel's or audit's, which came another way, or of
 * `program`, where a user's other program wrote it. What root writes is believed, and what nobody says more of.
 * @param isChecked `program` is one that tells of others, as `sshd` does.
 */
export const notBelievedOf = (event: JsonObject, program: string | undefined, isChecked: boolean): NotBelieved => {
  const [transport, user] = [textAt(event, ...TRANSPORT), textAt(event, ...USER)];
  const isOfKernel = transport !== undefined && OF_KERNEL.has(transport);
  if (user === '0' || isOfKernel) return { program: false, text: false };
  const isNamedAsKernel = transport !== undefined && OF_KERNEL.has(program ?? '');
  if (user === undefined) return { program: isNamedAsKernel, text: false };
  const [name, file] = [textAt(event, ...NAME), textAt(event, ...FILE)].map((one) => one && programOf(one));
  const isOther = (one: string | undefined): boolean =>
    one !== undefined && one !== MANY && !isSame(one, program ?? '');
  const isForged = name === ANYBODY || file === ANYBODY || (isChecked && (isOther(name) || isOther(file)));
  return { program: isNamedAsKernel || isForged, text: true };
};
