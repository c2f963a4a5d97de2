import { main } from '#libs/service';
import { config } from './config.js';
import { detection } from './detection.module.js';

main(detection, config);
