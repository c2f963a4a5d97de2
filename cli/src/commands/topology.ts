import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AUTHORITY_FILE, authorityFile } from '../authority-file.js';
import { print } from '../screen.js';
import { topologyDocument } from '../topology-doc.js';

/** topology */
export const addTopology = (program: Command): void => {
  program
    .command('topology')
    .description(
      'write docs/topology.md, who says and hears each topic and who asks what, and what the key of each service may sign',
    )
    .action(() => {
      writeFileSync('docs/topology.md', topologyDocument());
      writeFileSync(AUTHORITY_FILE, authorityFile());
      print(`docs/topology.md and ${AUTHORITY_FILE} are written`);
    });
};
