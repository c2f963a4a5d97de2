// What the keeper runs when a stack in containers has lost its starter: removes them and their network; data stays.
import { getContainerRuntimeClient } from 'testcontainers';

const label = `vigie.stack=${process.argv[2]}`;
const { dockerode } = (await getContainerRuntimeClient()).container;
for (const { Id } of await dockerode.listContainers({ all: true, filters: { label: [label] } }))
  await dockerode.getContainer(Id).remove({ force: true, v: true });
for (const { Id } of await dockerode.listNetworks({ filters: { label: [label] } }))
  await dockerode.getNetwork(Id).remove();
