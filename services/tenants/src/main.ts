import { main } from '#libs/service';
import { config } from './config.js';
import { tenants } from './tenants.module.js';

main(tenants, config);
