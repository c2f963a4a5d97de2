import { readFileSync } from 'node:fs';
import { topologyOf } from '#libs/service';
import { definitions } from './definitions.js';
import { SERVICES } from './installation.js';
import { rightsOf } from './provision.js';
import { topologyDocument } from './topology-doc.js';

it('is written down as it is: npm run vigie -- topology', () => expect(readFileSync('docs/topology.md', 'utf8')).toBe(topologyDocument()));

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
    const named = rightsOf(definition).filter(({ resource }) => resource === 'TOPIC').map(({ name }) => name);
    expect([...hears, ...says]).toEqual(expect.arrayContaining(named));
  }
});
