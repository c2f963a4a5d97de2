import { main } from '#libs/service';
import { enrichment } from './enrichment.module.js';

main(enrichment);
