import { main } from '#libs/service';
import { cases } from './cases.module.js';
import { config } from './config.js';

main(cases, config);
