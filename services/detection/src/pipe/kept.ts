import type { Findings, Tracked } from '../domain/tracking.js';

/** Raised whenever what is kept of a finding changes: checkpoints of another version hold no findings. */
const VERSION = 1;

/** Findings to the bytes of a checkpoint, in order. */
export const toBytes = (findings: Findings): Buffer => Buffer.from(JSON.stringify({ version: VERSION, findings: [...findings] }));

/** @returns the findings of a checkpoint; none when another version wrote it: they are raised again under the same ids. */
export const fromBytes = (bytes: Buffer): Map<string, Tracked> => {
  const { version, findings } = JSON.parse(bytes.toString('utf8')) as { version: number; findings: [string, Tracked][] };
  return new Map(version === VERSION ? findings : []);
};
