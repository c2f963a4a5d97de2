import { main } from '#libs/service';
import { response } from './response.module.js';

main(response);
