import { readdirSync } from 'node:fs';
import { SERVICES } from './services.js';

it('names every folder of services', () => expect([...SERVICES].sort()).toEqual(readdirSync('services').sort()));
