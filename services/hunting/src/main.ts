import { main } from '#libs/service';
import { hunting } from './hunting.module.js';

main(hunting);
