import { main } from '#libs/service';
import { gatewayConfig } from './config.js';
import { gateway } from './gateway.module.js';

main(gateway, gatewayConfig);
