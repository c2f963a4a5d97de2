import { mainOfAll } from '#libs/service';
import { definitions } from '../pages/definitions.js';
import { takeOwn } from './together.js';

/** Every service that the environment has variables of, in this process: each is handed its own, and no other's. */
mainOfAll(
  definitions.flatMap((definition) => {
    const environment = takeOwn(definition.name, process.env);
    return environment ? [{ definition, environment }] : [];
  }),
);
