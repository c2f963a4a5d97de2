import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type StoreOptions } from '#libs/store';
import { startStack, type Stack } from '#stack';
import { codec, quiet } from './counter.js';
import { sealOf } from './seal.js';

/** Stores of a stack of this file's own, each in a database of its own unless it is named; closed after each test. */
export interface Stores {
  stack(): Stack;
  newDatabase(): string;
  open(database?: string, special?: Partial<StoreOptions>): Promise<Store>;
  /** Closed with the stores. */
  keep(one: { close(): Promise<void> }): void;
}

/** @param name of the folder and of the databases: `vigie-<name>-…`, `vigie_<name>_…`. */
export const storesOf = (name: string): Stores => {
  const opened: { close(): Promise<void> }[] = [];
  let dir = '';
  let stack: Stack;
  let databases = 0;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), `vigie-${name}-`));
    stack = await startStack({ dir });
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    await stack?.stop();
    await rm(dir, { recursive: true, force: true });
  });
  const newDatabase = (): string => `vigie_${name}_${process.pid}_${(databases += 1)}`;
  return {
    stack: () => stack,
    newDatabase,
    keep: (one) => void opened.push(one),
    open: async (database = newDatabase(), special = {}) => {
      const store = await openStore({
        url: stack.mongoUrl,
        service: 'counters',
        database,
        log: quiet,
        codec,
        seal: sealOf('counters'),
        ...special,
      });
      opened.push(store);
      return store;
    },
  };
};
