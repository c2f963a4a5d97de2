import { topicSpecs, type AclRule } from '#libs/events';
import { consumerGroups, type ServiceDefinition } from '#libs/service';
import { rightsOf } from '../kafka/provision.js';
import { userAcls, type KafkaUserAcl } from '../kafka/strimzi.js';
import { definitions } from './definitions.js';

export const CHART_FILE = 'k8s/chart/generated/catalogue.json';

/** What the chart knows of the product: it loops over this, and has no list of its own. */
interface ChartCatalogue {
  services: { name: string; groups: string[]; acls: KafkaUserAcl[] }[];
  /** `partitions` is 1 where a topic has one whatever is set, else 0: as the installation says. */
  topics: { name: string; partitions: number; config: Record<string, string> }[];
}

const AS_SET = 0;

const serviceOf = (page: ServiceDefinition): ChartCatalogue['services'][number] => {
  const rules: AclRule[] = rightsOf(page);
  return { name: page.name, groups: consumerGroups(page), acls: userAcls(rules) };
};

/** The text of CHART_FILE: services, their groups and rights, and topics, from the service pages and contracts. */
export const chartFile = (pages: readonly ServiceDefinition[] = definitions): string => {
  const catalogue: ChartCatalogue = {
    services: pages.map(serviceOf),
    topics: topicSpecs({ partitions: AS_SET }).map(({ topic, ...rest }) => ({ name: topic, ...rest })),
  };
  return `${JSON.stringify(catalogue, null, 1)}\n`;
};
