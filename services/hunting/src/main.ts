import { main } from '#libs/service';
import { config } from './config.js';
import { hunting } from './hunting.module.js';

main(hunting, config);
