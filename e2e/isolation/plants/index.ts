import { inDocuments } from './documents.js';
import { onKafka } from './kafka.js';
import { inLake } from './lake.js';
import type { Plant } from './plant.js';
import { ofProcesses } from './processes.js';

/** Leaks that can be taken away again. */
export const plants: readonly Plant[] = [...inDocuments, ...inLake, ...ofProcesses];

/** What is on Kafka stays, and services hear it: these come last. */
export const lastPlants: readonly Plant[] = onKafka;
export type { Plant };
