import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AUTHORITY_FILE, authorityFile } from '../pages/authority-file.js';
import { print } from '../terminal/print.js';
import { topologyDocument } from '../pages/topology-document.js';

/** topology */
export const defineTopology = (topology: Command): void => {
  topology.action(() => {
    writeFileSync('docs/topology.md', topologyDocument());
    writeFileSync(AUTHORITY_FILE, authorityFile());
    print(`docs/topology.md and ${AUTHORITY_FILE} are written`);
  });
};
