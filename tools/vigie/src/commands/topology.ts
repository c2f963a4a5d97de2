import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { print } from '../screen.js';
import { topologyDocument } from '../topology-doc.js';

/** topology */
export const addTopology = (program: Command): void => {
  program.command('topology').description('write docs/topology.md: who says and who hears each topic').action(() => {
    writeFileSync('docs/topology.md', topologyDocument());
    print('docs/topology.md is written');
  });
};
