import { main } from '#libs/service';
import { config } from './config.js';
import { enrichment } from './enrichment.module.js';

main(enrichment, config);
