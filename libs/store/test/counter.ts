import { Refused, type Decider, type Heard, type Typed } from '#libs/model';
import type { DecisionRequest, FactCodec, StoreLog, OutFact } from '../src/port.js';

/** A small subject of its own, so that these tests depend on no contract. */
export interface Add extends Typed {
  type: 'counter.add';
  counterId: string;
  by: number;
}
export interface Added extends Typed {
  type: 'counter.added';
  counterId: string;
  by: number;
}

/** Adding 0 is nothing new, below zero is refused, 13 is a mistake in the program. */
export const counter: Decider<number, Add, Added> = {
  subject: 'counter',
  version: 1,
  key: ({ counterId }) => counterId,
  initial: () => 0,
  evolve: (sum, { by }) => sum + by,
  decide: ({ counterId, by }, sum) => {
    if (by === 13) throw new TypeError('unlucky');
    if (sum + by < 0) throw new Refused('below zero');
    return by === 0 ? [] : [{ type: 'counter.added', counterId, by }];
  },
};

/** Framed like the real ones, with JSON inside. */
export const codec: FactCodec = {
  encode: (message) => Buffer.concat([Buffer.from([0, 0, 0, 0, 7]), Buffer.from(JSON.stringify(message))]),
  decode: (value) => JSON.parse(value.subarray(5).toString('utf8')) as Typed,
};

export const quiet: StoreLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

let asked = 0;
export const add = (counterId: string, by: number, rest: Partial<DecisionRequest<Add>> = {}): DecisionRequest<Add> => ({
  tenant: 'acme',
  requestId: `request-${(asked += 1)}`,
  request: { type: 'counter.add', counterId, by },
  actor: { subject: 'ada', side: 'PROVIDER' },
  roles: ['ANALYST'],
  now: Date.UTC(2026, 10, 2, 10, 0),
  ...rest,
});

export const heardOf = ({ envelope, bytes }: OutFact): Heard => ({ envelope, message: codec.decode(bytes) });

/** The counter's own facts among those sent, as `stream@version.index`. */
export const placesOf = (facts: readonly OutFact[]): string[] =>
  facts.flatMap(({ envelope: { subject, sequence } }) =>
    sequence ? `${subject}@${sequence.version}.${sequence.index}` : [],
  );

/** @throws Error when it does not hold within 20 s. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
