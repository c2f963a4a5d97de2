import { main } from '#libs/service';
import { config } from './config.js';
import { reporting } from './reporting.module.js';

main(reporting, config);
