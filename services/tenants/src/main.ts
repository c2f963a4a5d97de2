import { main } from '#libs/service';
import { tenants } from './tenants.module.js';

main(tenants);
