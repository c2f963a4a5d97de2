import { main } from '#libs/service';
import { collection } from './collection.module.js';

main(collection);
