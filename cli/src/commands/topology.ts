import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AUTHORITY_FILE, authorityFile } from '../pages/authority-file.js';
import { CHART_FILE, chartFile } from '../pages/chart-file.js';
import { print } from '../terminal/print.js';
import { readmes, withTable } from '../pages/readme-table.js';
import { topologyDocument } from '../pages/topology-document.js';

/** topology */
export const defineTopology = (topology: Command): void => {
  topology.action(() => {
    writeFileSync('docs/topology.md', topologyDocument());
    writeFileSync(AUTHORITY_FILE, authorityFile());
    writeFileSync(CHART_FILE, chartFile());
    for (const { path, page } of readmes) writeFileSync(path, withTable(readFileSync(path, 'utf8'), page));
    print(`docs/topology.md, ${AUTHORITY_FILE}, ${CHART_FILE} and the tables of services/*/README.md are written`);
  });
};
