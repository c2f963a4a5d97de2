import { CODE } from './code.js';
import type { Image } from './image.js';
import { webAssembly } from './web-assembly.js';

/** What the WebAssembly kernel asks JavaScript while it runs rules. */
export type Host = {
  /** Adds a field's texts; answers its state. */
  readField(partition: number, field: number): number;
  /** Whether a host atom holds: 1 or 0. */
  ask(partition: number, atom: number): number;
  began(): void;
  ended(place: number, matches: number): void;
};

/** What it exports: `match`, `resume` and `runOutside` answer how many rules match, or why not (layout.ts). */
export type KernelMachine = {
  match(reading: number, length: number, variant: number): number;
  resume(): number;
  runOutside(binding: number, length: number, telling: number): number;
  learn(binding: number): number;
  containersMet(): number;
  candidatesAt(): number;
  bindingAt(): number;
  addText(end: number, wide: number): void;
  arenaTop(): number;
  hasRoom(length: number): number;
  now(): number;
  setGeneration(value: number): void;
  keepAccounts(): void;
  rulesRunSoFar(): number;
};

let compiled: object | undefined;

/** The kernel over one memory. It is compiled once a thread. */
export const machineOver = (image: Image, host: Host): KernelMachine => {
  if (!webAssembly) throw new Error('there is no WebAssembly here');
  compiled ??= new webAssembly.Module(Buffer.from(CODE, 'base64'));
  return new webAssembly.Instance(compiled, { env: { memory: image.memory }, host }).exports as KernelMachine;
};
