import type { Command } from 'commander';
import { addUp } from './up.js';
import { addToken } from './token.js';
import { addTenant } from './tenant.js';
import { addPartner } from './partner.js';
import { addReplay } from './replay.js';
import { addRules } from './rules.js';
import { addCase } from './case.js';
import { addTopics } from './topics.js';

/** Every command, in the order of the help. */
export const commands: ((program: Command) => void)[] = [addUp, addTenant, addPartner, addToken, addRules, addReplay, addCase, addTopics];
