import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { ASKED, begin, configure, makeBank, publish, read, rightAnswers, sit } from './support/onboarding';
import { bind, fault } from './support/readers';

jest.setTimeout(60_000);

const BANK = makeBank();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
  await publish(cloud, BANK);
  await configure(cloud, ASKED);
}, 60_000);
afterAll(() => cloud.stop());

it('leads from reading to a pass that opens what waited', async () => {
  await bind(cloud, 'freshman', 'o-1');
  const first = dataOf(await cloud.call('onboarding.overview', {}, 'o-1'));
  console.log(JSON.stringify(first, null, 1));
  await read(cloud, 'o-1');
  const paper = await begin(cloud, 'o-1');
  console.log(paper.items.filter((_, i) => !(i in rightAnswers(paper, BANK))));
  dataOf(
    await cloud.call(
      'onboarding.answer',
      { attemptId: paper.attemptId, answers: rightAnswers(paper, BANK) },
      'o-1',
    ),
  );
  const result = dataOf(await cloud.call('onboarding.submit', { attemptId: paper.attemptId }, 'o-1'));
  console.log(result);
  console.log(dataOf(await cloud.call('onboarding.overview', {}, 'o-1')));
  const cert = dataOf(await cloud.call('onboarding.certificate', {}, 'o-1'));
  console.log(
    cert,
    await cloud.ask(cert.code),
    dataOf(await cloud.order('onboarding.statistics', {})).groups,
  );
  console.log(dataOf(await cloud.order('onboarding.export', { reason: 'list' })));
  console.log(dataOf(await cloud.call('onboarding.facts', {}, 'o-1')));
  console.log(dataOf(await cloud.call('onboarding.exercise', {}, 'o-1')), await cloud.beat());
  console.log(cloud.logs.filter((l) => l.includes('error')).slice(0, 5));
});
