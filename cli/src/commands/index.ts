import type { Command } from 'commander';
import { addBench, addDetect } from '../../../tools/bench/src/index.js';
import { addCase } from './case.js';
import { addChain } from './chain.js';
import { addContracts } from './contracts.js';
import { addDemo } from './demo.js';
import { addDeadLetters } from './dead-letters.js';
import { addParked } from './parked.js';
import { addPartner } from './partner.js';
import { addReplay } from './replay.js';
import { addReport } from './report.js';
import { addRules } from './rules.js';
import { addSecret } from './secret.js';
import { addStack } from './stack.js';
import { addTenant } from './tenant.js';
import { addToken } from './token.js';
import { addTopics } from './topics.js';
import { addTopology } from './topology.js';
import { addUp } from './up.js';
import { addViews } from './views.js';

/** Every command, in the order of the help. */
export const commands: ((program: Command) => void)[] = [
  addDemo,
  addUp,
  addTenant,
  addPartner,
  addSecret,
  addToken,
  addRules,
  addReplay,
  addCase,
  addReport,
  addTopics,
  addDeadLetters,
  addParked,
  addViews,
  addChain,
  addContracts,
  addTopology,
  addStack,
  addDetect,
  addBench,
];
