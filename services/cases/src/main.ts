import { main } from '#libs/service';
import { cases } from './cases.module.js';

main(cases);
