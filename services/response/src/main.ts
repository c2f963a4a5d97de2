import { main } from '#libs/service';
import { responseConfig } from './config.js';
import { response } from './response.module.js';

main(response, responseConfig);
