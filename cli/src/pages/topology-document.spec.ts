import { readFileSync } from 'node:fs';
import { topologyOf } from '#libs/service';
import { ASKERS, SERVICES } from '#libs/terms';
import { AUTHORITY_FILE, authorityFile } from './authority-file.js';
import { CHART_FILE, chartFile } from './chart-file.js';
import { definitions } from './definitions.js';
import { rightsOf } from '../kafka/provision.js';
import { topologyDocument } from './topology-document.js';

it('is written down as it is: npm run vigie -- topology', () =>
  expect(readFileSync('docs/topology.md', 'utf8')).toBe(topologyDocument()));

it('lets each key sign what its page says', () => {
  if (readFileSync(AUTHORITY_FILE, 'utf8') !== authorityFile())
    throw new Error(`${AUTHORITY_FILE} is stale: run npm run vigie -- topology`);
});

it('gives the chart what the pages say', () => {
  if (readFileSync(CHART_FILE, 'utf8') !== chartFile())
    throw new Error(`${CHART_FILE} is stale: run npm run vigie -- topology`);
});

it('has a service ask exactly what services may', () => {
  const asked = [...new Set(definitions.flatMap(({ asks = [] }) => asks))].sort();
  const may = Object.keys(ASKERS).filter((type) => ASKERS[type]?.services);
  const [extra, idle] = [asked.filter((type) => !may.includes(type)), may.filter((type) => !asked.includes(type))];
  if (extra.length)
    throw new Error(
      `pages ask ${extra.join(', ')}, which services may not: add services to their lines in libs/terms/src/askers.ts`,
    );
  if (idle.length)
    throw new Error(
      `no page asks ${idle.join(', ')}: name the types in asks of a page, or take services from their lines in libs/terms/src/askers.ts`,
    );
});

it('lets the gateway alone put requests for people', () =>
  expect(definitions.filter(({ asksForPeople = [] }) => asksForPeople.length).map(({ name }) => name)).toEqual([
    'gateway',
  ]));

it('knows every service', () => expect(definitions.map(({ name }) => name).sort()).toEqual([...SERVICES].sort()));

it('lets nobody but their owner write facts', () => {
  for (const { name, decides = [] } of definitions) {
    const others = definitions.filter((other) => other.name !== name).flatMap((other) => topologyOf(other).says);
    for (const { subject } of decides) expect(others).not.toContain(`vigie.${subject}.events`);
  }
});

it('gives a service no right on a topic that its page does not name', () => {
  for (const definition of definitions) {
    const { hears, says } = topologyOf(definition);
    const named = rightsOf(definition)
      .filter(({ resource }) => resource === 'TOPIC')
      .map(({ name }) => name);
    expect([...hears, ...says]).toEqual(expect.arrayContaining(named));
  }
});
