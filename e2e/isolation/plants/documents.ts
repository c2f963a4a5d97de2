import { everything, plant as plantDocument, replant } from '../../../libs/store/test/everything.js';
import { ALFA, BRAVO, type Plant, type PlantScene } from './plant.js';

/** Bravo's document of a view, filed under alfa. */
const filedWrong = async (
  {
    installed: {
      up: { stack },
    },
  }: PlantScene,
  view: string,
): Promise<() => Promise<void>> => {
  const found = (await everything(stack.mongoUrl)).find(
    ({ service, collection }) => service === 'gateway' && collection === `view.${view}`,
  );
  const document = found?.documents.find(
    ({ tenant, doc }) => tenant === BRAVO.tenant && (view !== 'cases' || JSON.stringify(doc).includes(BRAVO.mark)),
  );
  if (!document) throw new Error(`${BRAVO.tenant} has nothing in ${view}`);
  return plantDocument(stack.mongoUrl, 'gateway', `view.${view}`, {
    ...document,
    _id: `${ALFA.tenant}/planted-${view}`,
    tenant: ALFA.tenant,
  });
};

/** In the services' databases. */
export const inDocuments: readonly Plant[] = [
  {
    what: "collection: a document under another's name",
    plant: (scene) => filedWrong(scene, 'findings'),
    look: ({ all }) => all.collections(),
    found: /^collection gateway view\.findings: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: 'collection: one that nobody declared',
    found: /^collection cases view\.planted: .*no line/,
    look: ({ all }) => all.collections(),
    plant: ({
      installed: {
        up: { stack },
      },
    }) => plantDocument(stack.mongoUrl, 'cases', 'view.planted', { _id: 'x', tenant: ALFA.tenant }),
  },
  {
    what: "graphql: another's case in a list",
    plant: (scene) => filedWrong(scene, 'cases'),
    look: ({ all }) => all.graphql(),
    found: /^graphql analyst Query\.cases: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: "report: another's pages",
    look: ({ all }) => all.reports(),
    found: /^report gateway \/reports\/:id\.pdf: .*\(zalfa\) holds what is of zbravo/,
    plant: async ({
      installed: {
        up: { stack },
      },
    }) => {
      const pdfs =
        (await everything(stack.mongoUrl)).find(
          ({ service, collection }) => service === 'gateway' && collection === 'view.report-pdfs',
        )?.documents ?? [];
      const [mine, other] = [ALFA, BRAVO].map(({ tenant }) => pdfs.find((one) => one.tenant === tenant));
      if (!mine || !other) throw new Error('there are no reports');
      return replant(stack.mongoUrl, 'gateway', 'view.report-pdfs', String(mine._id), { doc: other.doc });
    },
  },
];
