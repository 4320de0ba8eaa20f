import { jest } from '@jest/globals';
import type { FeedbackSendOutput, Ticket } from '../../../../contracts/feedback';
import type { FileDocument } from '../../../../cloudfunctions/stores/feedback-files';
import type { TicketDocument } from '../../../../cloudfunctions/stores/feedback-ticket';
import { pointSdksTo } from '../../../emulator/database/serve';
import { dataOf, type LocalCloud } from '../../../support/local-cloud';
import { readCollection } from '../../support/read-database';
import { tap } from '../../support/readers';

export const READER = 'o-writer';
export const OTHER = 'o-other';
export const MINUTE = 60_000;
export const DAY = 86_400_000;

const HEADS = {
  jpg: [0xff, 0xd8, 0xff, 0xe0],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  webp: [...Buffer.from('RIFF'), 1, 0, 0, 0, ...Buffer.from('WEBPVP8 ')],
};

/** Bytes that begin as a picture does. */
export const picture = (type: keyof typeof HEADS = 'jpg', size = 2_000): Buffer => {
  const bytes = Buffer.alloc(size, 7);
  Buffer.from(HEADS[type]).copy(bytes);
  return bytes;
};

/** Asks for a path and uploads to it, as the page does. @returns the file's id */
export async function upload(
  cloud: LocalCloud,
  bytes: Buffer = picture(),
  openid = READER,
  type: keyof typeof HEADS = 'jpg',
): Promise<string> {
  const { cloudPath } = dataOf(await cloud.call('feedback.upload', { type }, openid));
  return cloud.upload(openid, cloudPath, bytes);
}

/** What is sent if nothing else is said. */
export const draft = (more: object = {}) => ({
  ...{ kind: 'problem' as const, text: '还书机没有退出我的书。', requestId: tap() },
  ...more,
});

export async function send(
  cloud: LocalCloud,
  more: object = {},
  openid = READER,
): Promise<FeedbackSendOutput> {
  return dataOf(await cloud.call('feedback.send', draft(more), openid));
}

/** Sends, and fails the test when it is refused. */
export async function sent(cloud: LocalCloud, more: object = {}, openid = READER): Promise<Ticket> {
  return ticketOf(await send(cloud, more, openid));
}

export function ticketOf(answer: FeedbackSendOutput): Ticket {
  if (!('ticket' in answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.ticket;
}

export const filesIn = (cloud: LocalCloud): Promise<FileDocument[]> =>
  readCollection<FileDocument>(cloud.url(), 'feedback_files');
export const ticketsIn = (cloud: LocalCloud): Promise<TicketDocument[]> =>
  readCollection<TicketDocument>(cloud.url(), 'feedback');

/** How often the functions have asked an open API of WeChat's. */
export const askedOf = (cloud: LocalCloud, api: string): number =>
  cloud.outbox().filter((entry) => entry.api === api).length;

/** Takes a push about a picture as the function `messages` does, with the real SDK in this process. */
export async function push(cloud: LocalCloud, event: unknown): Promise<'taken' | 'nothing'> {
  jest.resetModules();
  pointSdksTo(cloud.url());
  const { takeVerdict } = await import('../../../../cloudfunctions/features/feedback/take-verdict');
  return takeVerdict({ now: () => cloud.clock.now() }, event);
}

/** What WeChat pushes when it has looked at a picture. */
export const verdict = (trace: string | undefined, suggest: string, more: object = {}) => ({
  ...{ ToUserName: 'gh_local', FromUserName: READER, MsgType: 'event', Event: 'wxa_media_check' },
  ...{ trace_id: trace, version: 2, errcode: 0, errmsg: 'ok', result: { suggest, label: 100 } },
  ...more,
});

/** As time passes: each minute's beat until then is left out but the last. */
export async function passTime(cloud: LocalCloud, ms: number): Promise<void> {
  cloud.clock.set(cloud.clock.now() + ms);
  await cloud.beat();
}
