import { main } from '#libs/service';
import { oncall } from './oncall.module.js';

main(oncall);
