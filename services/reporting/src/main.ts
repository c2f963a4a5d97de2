import { main } from '#libs/service';
import { reporting } from './reporting.module.js';

main(reporting);
