import { main } from '#libs/service';
import { collection } from './collection.module.js';
import { config } from './config.js';

main(collection, config);
