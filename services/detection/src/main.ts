import { main } from '#libs/service';
import { detection } from './detection.module.js';

main(detection);
