import { round } from '../figures.js';

/** What the inspector gives, as far as it is read: https://chromedevtools.github.io/devtools-protocol/v8/Profiler/ */
export interface CpuProfile {
  nodes: { callFrame: { functionName: string; url: string; lineNumber: number }; hitCount?: number }[];
}

/** Of the samples in which something was done, in percent. */
export interface SelfTime {
  name: string;
  percent: number;
}

const RESTING = new Set(['(idle)', '(root)']);
const TOP = 25;

/** From the root of the checkout on; packages by their name. */
const fileOf = (url: string): string =>
  url
    .replace(/^file:\/\//, '')
    .replace(/^.*\/node_modules\//, '')
    .replace(/^.*\/dist\//, '');

const top = (counts: Map<string, number>, all: number): SelfTime[] =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([name, count]) => ({ name, percent: round((count / all) * 100, 1) }));

/** Where a process was when it did something, most first: by function, and by file. */
export const selfTimes = ({ nodes }: CpuProfile): { samples: number; functions: SelfTime[]; files: SelfTime[] } => {
  const [functions, files] = [new Map<string, number>(), new Map<string, number>()];
  let samples = 0;
  const add = (counts: Map<string, number>, name: string, hits: number): void =>
    void counts.set(name, (counts.get(name) ?? 0) + hits);
  for (const { callFrame, hitCount = 0 } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    if (RESTING.has(functionName) || hitCount === 0) continue;
    const file = url === '' ? functionName : fileOf(url);
    samples += hitCount;
    add(files, file, hitCount);
    add(functions, url === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`, hitCount);
  }
  return { samples, functions: top(functions, samples), files: top(files, samples) };
};
