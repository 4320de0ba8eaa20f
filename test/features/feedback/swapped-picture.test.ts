import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { startCountingWire } from '../support/counting-wire';
import { draft, filesIn, picture, push, READER, ticketsIn, upload, verdict } from './support/feedback';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let wire: Awaited<ReturnType<typeof startCountingWire>>;
beforeAll(async () => {
  cloud = await startLocalCloud({ without: ['messages'] });
  wire = await startCountingWire(() => cloud.url());
  await cloud.restart({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: wire.url }) });
}, 240_000);
afterAll(async () => {
  await wire.close();
  await cloud.stop();
});

const HARMLESS = 2_000;
const OTHER = 3_000;

/** How large a picture is that WeChat was told to look at; undefined while it was told of none. */
async function sizeChecked(): Promise<number | undefined> {
  const asked = cloud.outbox().findLast(({ api }) => api === 'security.mediaCheckAsync');
  if (!asked) return undefined;
  return (await (await fetch(String(asked.request['media_url']))).arrayBuffer()).byteLength;
}

it('what staff see of a picture is what was checked, whatever is sent from the same path at once', async () => {
  const fileId = await upload(cloud, picture('jpg', OTHER));
  const path = fileId.slice(fileId.indexOf('feedback/in/'));
  let checked: number | undefined;
  // the first call has read what lies there, and another comes before it has copied it
  wire.onBody('feedback/kept/', 1, async () => {
    await cloud.upload(READER, path, picture('jpg', HARMLESS));
    await cloud.call('feedback.send', draft({ text: '第二次', pictures: [fileId] }), READER);
    checked = await sizeChecked();
  });
  await cloud.call('feedback.send', draft({ text: '第一次', pictures: [fileId] }), READER);
  checked ??= await sizeChecked();
  const [file] = await filesIn(cloud);
  expect(await push(cloud, verdict(file!.trace, 'pass'))).toBe('taken');
  const [ticket] = await ticketsIn(cloud);
  const { links } = dataOf(await cloud.order('feedback.show', { id: ticket!._id }));
  const [link] = Object.values(links);
  expect((await (await fetch(link!)).arrayBuffer()).byteLength).toBe(checked);
});
