import { main } from '#libs/service';
import { gateway } from './gateway.module.js';

main(gateway);
