/**
 * One point of a curve in a process of its own: `node dist/tools/bench/src/growth/growth-run.js CURVE SIZE RULES
 * EVENTS`; JSON to stdout.
 */
import { readRules } from '#libs/rules/loading';
import { byKeys, byOwnRules, byRules, byTenants, type Point } from './measures.js';

const point = async (curve: string, size: number, rules: string, events: string): Promise<Point> => {
  if (curve === 'keys') return byKeys(size);
  const sources = readRules(rules);
  if (curve === 'rules') return byRules(sources, events, size);
  return curve === 'tenants' ? byTenants(sources, events, size) : byOwnRules(sources, events, size);
};

const main = async (): Promise<void> => {
  const [curve = '', size = '', rules = '', events = ''] = process.argv.slice(2);
  process.stdout.write(`${JSON.stringify(await point(curve, Number(size), rules, events))}\n`);
};

void main();
