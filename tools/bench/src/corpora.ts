import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { logsourcesOf, type JsonObject } from '#libs/sigma';
import { linesOf } from '../../../cli/src/files/index.js';

export type Corpora = {
  mixed: { file: string; events: number };
  processCreation: { file: string; events: number };
  leftOut: number;
};

const zipsUnder = (dir: string): string[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) return zipsUnder(path);
      return name.endsWith('.zip') ? [path] : [];
    });

/** What a line is for rules: the categories and services of its event; empty when it is no Windows event. */
const namesOf = (line: string): string[] => {
  if (!line.startsWith('{')) return [];
  try {
    return logsourcesOf('windows', JSON.parse(line) as JsonObject).flatMap(
      ({ category, service }) => category ?? service ?? [],
    );
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
};

const write = async (stream: WriteStream, line: string): Promise<void> => {
  if (!stream.write(`${line}\n`)) await once(stream, 'drain');
};

/**
 * Makes the two corpora the engine is measured on from a folder of recordings (zip files of JSON lines): every Windows
 * event of all of them, and every process creation (Sysmon 1, Security 4688), each distinct line once. Everything else
 * is counted and left out.
 */
export const makeCorpora = async (from: string, into: string): Promise<Corpora> => {
  mkdirSync(into, { recursive: true });
  const corpora: Corpora = {
    mixed: { file: join(into, 'mixed.jsonl'), events: 0 },
    processCreation: { file: join(into, 'process-creation.jsonl'), events: 0 },
    leftOut: 0,
  };
  const [mixed, processes] = [createWriteStream(corpora.mixed.file), createWriteStream(corpora.processCreation.file)];
  const known = new Set<string>();
  for (const zip of zipsUnder(from)) {
    for await (const line of linesOf(zip)) {
      const names = namesOf(line);
      if (names.length === 0) {
        corpora.leftOut++;
        continue;
      }
      corpora.mixed.events++;
      await write(mixed, line);
      const digest = names.includes('process_creation')
        ? createHash('sha256').update(line).digest('base64')
        : undefined;
      if (digest === undefined || known.has(digest)) continue;
      known.add(digest);
      corpora.processCreation.events++;
      await write(processes, line);
    }
  }
  await Promise.all([mixed, processes].map((stream) => new Promise((done) => stream.end(done))));
  return corpora;
};
