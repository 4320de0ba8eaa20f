import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MAX_PICTURE_BYTES } from '../../../contracts/feedback';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { fault, tap } from '../support/readers';
import {
  askedOf,
  DAY,
  draft,
  filesIn,
  MINUTE,
  OTHER,
  passTime,
  picture,
  push,
  READER,
  send,
  sent,
  ticketsIn,
  upload,
  verdict,
} from './support/feedback';

jest.setTimeout(120_000);

const PICTURE_CHECK = 'security.mediaCheckAsync';
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ without: ['messages'] });
}, 240_000);
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const script = (more: { errcode?: number; result?: Record<string, unknown>; times?: number }) =>
  cloud.scriptOpenApi({ api: PICTURE_CHECK, times: 1, ...more });
const show = async (id: string, openid = READER) => dataOf(await cloud.call('feedback.show', { id }, openid));
const traceNow = async (): Promise<string | undefined> =>
  (await filesIn(cloud)).find(({ trace }) => trace !== undefined)?.trace;
/** What an address gives: its status, and how many bytes. */
async function fetched(link: string): Promise<{ status: number; bytes: number }> {
  const answer = await fetch(link);
  return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength };
}
/** How many files the storage holds. */
const there = async (fileIds: readonly string[]): Promise<boolean[]> => {
  const { pointSdksTo } = await import('../../emulator/database/serve');
  jest.resetModules();
  pointSdksTo(cloud.url());
  const { linksTo } = await import('../../../cloudfunctions/cloud/storage');
  const links = await linksTo(fileIds, 60);
  return fileIds.map((id) => links.has(id));
};

describe('a picture', () => {
  it.each(['jpg', 'png', 'webp'] as const)('of type %s goes with what is written', async (type) => {
    const fileId = await upload(cloud, picture(type, 3_000), READER, type);
    const ticket = await sent(cloud, { pictures: [fileId] });
    const [shown] = ticket.entries[0]!.pictures;
    expect(shown?.check).toBe('pending');
    // a copy that the phone cannot change; what it uploaded is gone
    expect(shown?.fileId).not.toBe(fileId);
    expect(await there([fileId, shown!.fileId])).toEqual([false, true]);
    const { links } = await show(ticket.id);
    expect(await fetched(links[shown!.fileId]!)).toEqual({ status: 200, bytes: 3_000 });
  });

  it('passes by WeChat’s verdict, which is told the copy', async () => {
    const ticket = await sent(cloud, { pictures: [await upload(cloud)] });
    const [asked] = cloud.outbox().filter(({ api }) => api === PICTURE_CHECK);
    expect(asked?.request).toMatchObject({ openid: READER, media_type: 2, scene: 2, version: 2 });
    expect(await fetched(String(asked?.request['media_url']))).toMatchObject({ status: 200 });
    expect(dataOf(await cloud.order('feedback.show', { id: ticket.id })).ticket).toMatchObject({
      entries: [{ pictures: [] }],
      waiting: 1,
      unchecked: 0,
    });

    expect(await push(cloud, verdict(await traceNow(), 'pass'))).toBe('taken');
    expect((await show(ticket.id)).ticket.entries[0]?.pictures[0]?.check).toBe('passed');
    const staff = dataOf(await cloud.order('feedback.show', { id: ticket.id }));
    const [seen] = staff.ticket.entries[0]!.pictures;
    expect(staff.ticket.waiting).toBe(0);
    expect(await fetched(staff.links[seen!.fileId]!)).toMatchObject({ status: 200, bytes: 2_000 });
  });

  it('that is rejected is removed, and its writer is told', async () => {
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    expect(await push(cloud, verdict(await traceNow(), 'risky'))).toBe('taken');
    await cloud.beat();
    const { ticket, links } = await show(id);
    const [shown] = ticket.entries[0]!.pictures;
    expect(shown?.check).toBe('rejected');
    expect(links).toEqual({});
    expect(await there([shown!.fileId])).toEqual([false]);
    expect(dataOf(await cloud.order('feedback.show', { id }))).toMatchObject({
      ticket: { entries: [{ pictures: [] }], waiting: 0 },
      links: {},
    });
  });

  it.each([
    ['SVG that is called .jpg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a page that is called .jpg', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', Buffer.from('GIF89a..........')],
    ['a sound in the same container as WebP', Buffer.from('RIFF....WAVEfmt ')],
    ['nothing', Buffer.alloc(0)],
    ['too large by a byte', picture('jpg', MAX_PICTURE_BYTES + 1)],
    ['20 MB', picture('jpg', 20 * 1024 * 1024)],
  ])('is refused when it is %s, and named; nothing is kept', async (_, bytes) => {
    const pictures = [await upload(cloud), await upload(cloud, bytes)];
    expect(await send(cloud, { pictures })).toEqual({ status: 'badPicture', index: 1 });
    expect(await ticketsIn(cloud)).toEqual([]);
    expect(await there(pictures)).toEqual([true, false]);
    // the good one can still be sent
    expect((await send(cloud, { pictures: pictures.slice(0, 1) })).status).toBe('sent');
  });

  it('may be as large as is said', async () => {
    const pictures = [await upload(cloud, picture('jpg', MAX_PICTURE_BYTES))];
    expect((await send(cloud, { pictures })).status).toBe('sent');
  });

  it('goes into one ticket only, once', async () => {
    const fileId = await upload(cloud);
    expect(await send(cloud, { pictures: [fileId, fileId] })).toEqual({ status: 'badPicture', index: 1 });
    await sent(cloud, { pictures: [fileId] });
    expect(await send(cloud, { pictures: [fileId] })).toEqual({ status: 'badPicture', index: 0 });
  });

  it('goes into one ticket when it is sent with two at once', async () => {
    const fileId = await upload(cloud);
    const answers = await Promise.all([1, 2].map(() => send(cloud, { pictures: [fileId] })));
    expect(answers.map(({ status }) => status).sort()).toEqual(['badPicture', 'sent']);
    expect(await ticketsIn(cloud)).toHaveLength(1);
  });

  it('comes once with one tap, also when that comes twice at once', async () => {
    const input = draft({ pictures: [await upload(cloud)] });
    const answers = await Promise.all([1, 2, 3].map(() => cloud.call('feedback.send', input, READER)));
    for (const answer of answers) expect(dataOf(answer).status).toBe('sent');
    expect(dataOf(await cloud.call('feedback.send', input, READER)).status).toBe('sent');
    expect(await ticketsIn(cloud)).toHaveLength(1);
    expect(askedOf(cloud, PICTURE_CHECK)).toBe(1);
  });

  it('can be sent again with other words when the words were rejected', async () => {
    const pictures = [await upload(cloud)];
    cloud.scriptOpenApi({ api: 'security.msgSecCheck', result: { suggest: 'risky' }, times: 1 });
    expect(await send(cloud, { pictures })).toEqual({ status: 'rejected' });
    expect((await send(cloud, { pictures })).status).toBe('sent');
  });
});

describe('whose file it is', () => {
  it('decides: a foreign one, a guessed one and one of another environment are refused', async () => {
    const theirs = await upload(cloud);
    expect(await send(cloud, { pictures: [theirs] }, OTHER)).toEqual({ status: 'badPicture', index: 0 });
    const [, host, name] = /^cloud:\/\/([^/]+)\/(.+)$/.exec(theirs)!;
    const guessed = [
      `cloud://${host}/${name!.replace('/in/', '/kept/')}`,
      `cloud://${host}/feedback/in/${'A'.repeat(22)}-${'B'.repeat(22)}.jpg`,
      `cloud://${host}/${name!.replace('.jpg', '.png')}`,
      `cloud://${host}/x/../${name!}`,
      `cloud://${host}/x/${name!}`,
    ];
    for (const fileId of guessed)
      expect(await send(cloud, { pictures: [fileId] })).toEqual({ status: 'badPicture', index: 0 });
    // whatever environment is named: what is read is what was granted here
    const elsewhere = `cloud://elsewhere.bucket/${name!}`;
    const ticket = await sent(cloud, { pictures: [elsewhere] });
    expect(ticket.entries[0]?.pictures[0]?.fileId).toContain(host);
  });

  it('is not said by its path, and two paths of one reader share nothing', async () => {
    const paths = [await upload(cloud), await upload(cloud), await upload(cloud, picture(), OTHER)];
    for (const path of paths) expect(path).not.toMatch(/o-writer|o-other/);
    const parts = paths.map((path) => path.slice(path.lastIndexOf('/') + 1).split(/[-.]/));
    expect(new Set(parts.flatMap((all) => all.slice(0, 2))).size).toBeGreaterThanOrEqual(6);
  });

  it('keeps a client from writing over the copy, or over what another made', async () => {
    const fileId = await upload(cloud);
    const ticket = await sent(cloud, { pictures: [fileId] });
    const kept = ticket.entries[0]!.pictures[0]!.fileId;
    const path = kept.slice(kept.indexOf('feedback/'));
    await expect(cloud.upload(READER, path, Buffer.from('other'))).rejects.toThrow(/somebody else/);
    const theirs = await upload(cloud);
    const theirPath = theirs.slice(theirs.indexOf('feedback/'));
    await expect(cloud.upload(OTHER, theirPath, Buffer.from('other'))).rejects.toThrow(/somebody else/);
  });

  it.each(['../secret.jpg', '/x.jpg', 'a//b.jpg', 'a/./b.jpg', 'a\u0000.jpg', ''])(
    'has a path: %j is none',
    async (path) => {
      await expect(cloud.upload(READER, path, picture())).rejects.toThrow();
    },
  );
});

describe('paths that are given out', () => {
  it('are bounded in number, and free again after a day, with what lies there', async () => {
    const first = await upload(cloud);
    for (let i = 0; i < 19; i++) dataOf(await cloud.call('feedback.upload', { type: 'png' }, READER));
    expect(await cloud.call('feedback.upload', { type: 'png' }, READER)).toEqual(fault('BUSY', true));
    cloud.clock.set(cloud.clock.now() + DAY - MINUTE);
    await cloud.beat();
    expect(await there([first])).toEqual([true]);
    cloud.clock.set(cloud.clock.now() + 2 * MINUTE);
    // a copy that is made from then on would outlive what lists it
    expect(await send(cloud, { pictures: [first] })).toEqual({ status: 'badPicture', index: 0 });
    await cloud.beat();
    expect(await there([first])).toEqual([false]);
    expect((await filesIn(cloud)).every(({ state, owner }) => state === 'doomed' && !owner)).toBe(true);
    await passTime(cloud, 4 * MINUTE);
    expect(await filesIn(cloud)).toEqual([]);
    dataOf(await cloud.call('feedback.upload', { type: 'png' }, READER));
  });

  it('make room for others when nothing was sent from them for an hour, the oldest first', async () => {
    const first = await upload(cloud);
    cloud.clock.set(cloud.clock.now() + MINUTE);
    const second = await upload(cloud);
    for (let i = 0; i < 18; i++) dataOf(await cloud.call('feedback.upload', { type: 'png' }, READER));
    cloud.clock.set(cloud.clock.now() + 59 * MINUTE);
    dataOf(await cloud.call('feedback.upload', { type: 'png' }, READER));
    const theirs = await upload(cloud, picture(), OTHER);
    expect(await there([first, second, theirs])).toEqual([false, true, true]);
    expect(await cloud.call('feedback.upload', { type: 'png' }, READER)).toEqual(fault('BUSY', true));
    expect(await send(cloud, { pictures: [first] })).toEqual({ status: 'badPicture', index: 0 });
    await sent(cloud, { pictures: [second] });
    dataOf(await cloud.call('feedback.upload', { type: 'png' }, READER));
  });

  it('that a picture was sent from are not', async () => {
    const ticket = await sent(cloud, { pictures: [await upload(cloud)] });
    await push(cloud, verdict(await traceNow(), 'pass'));
    for (let i = 0; i < 3; i++) await passTime(cloud, DAY);
    expect(Object.keys((await show(ticket.id)).links)).toHaveLength(1);
  });
});

describe('a verdict', () => {
  it('that nobody asked for does nothing', async () => {
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    const trace = await traceNow();
    for (const event of [
      verdict('00000000-0000-0000-0000-000000000000', 'pass'),
      verdict(undefined, 'pass'),
      { ...verdict(trace, 'pass'), trace_id: { $ne: '' } },
      undefined,
      'text',
      [],
    ])
      expect(await push(cloud, event)).toBe('nothing');
    expect((await show(id)).ticket.entries[0]?.pictures[0]?.check).toBe('pending');
  });

  it('counts once: a second one, or another, changes nothing', async () => {
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    const trace = await traceNow();
    expect(await push(cloud, verdict(trace, 'risky'))).toBe('taken');
    for (const suggest of ['risky', 'pass'])
      expect(await push(cloud, verdict(trace, suggest))).toBe('nothing');
    expect((await show(id)).ticket.entries[0]?.pictures[0]?.check).toBe('rejected');
  });

  it('is about its own picture, not about another', async () => {
    const pictures = [await upload(cloud), await upload(cloud)];
    const { id } = await sent(cloud, { pictures });
    const files = await filesIn(cloud);
    const second = files.find(({ upload: path }) => path === pictures[1])!;
    await push(cloud, verdict(second.trace, 'pass'));
    const checks = (await show(id)).ticket.entries[0]!.pictures.map(({ check }) => check);
    expect(checks).toEqual(['pending', 'passed']);
  });

  it.each([
    ['WeChat could not fetch it', { errcode: -1008, result: undefined }],
    ['it says nothing', { result: {} }],
    ['it says something else', { result: { suggest: 'maybe' } }],
  ])('that is none has it asked anew: %s', async (_, more) => {
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    const trace = await traceNow();
    expect(await push(cloud, verdict(trace, 'pass', more))).toBe('taken');
    await cloud.beat();
    expect(askedOf(cloud, PICTURE_CHECK)).toBe(2);
    expect(await push(cloud, verdict(trace, 'pass'))).toBe('nothing');
    expect(await push(cloud, verdict(await traceNow(), 'pass'))).toBe('taken');
    expect((await show(id)).ticket.entries[0]?.pictures[0]?.check).toBe('passed');
  });

  it('that does not come is asked for three times more', async () => {
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    for (let i = 1; i <= 3; i++) {
      await passTime(cloud, 39 * MINUTE);
      expect(askedOf(cloud, PICTURE_CHECK)).toBe(i);
      await visit();
      await passTime(cloud, 2 * MINUTE);
      expect(askedOf(cloud, PICTURE_CHECK)).toBe(i + 1);
    }
    await passTime(cloud, 41 * MINUTE);
    await passTime(cloud, 41 * MINUTE);
    expect(askedOf(cloud, PICTURE_CHECK)).toBe(4);
    expect((await show(id)).ticket.entries[0]?.pictures[0]).toMatchObject({ check: 'pending', lapsed: true });
    // staff do not see it, and are told that there is one
    expect(dataOf(await cloud.order('feedback.show', { id })).ticket).toMatchObject({
      ...{ entries: [{ pictures: [] }], waiting: 0, unchecked: 1 },
    });

    /** WeChat checks only for whoever was here within two hours. */
    async function visit(): Promise<void> {
      dataOf(await cloud.call('system.capabilities', {}, READER));
    }
  });

  it('is asked for later when WeChat could not be asked', async () => {
    script({ errcode: 45009 });
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    expect(await traceNow()).toBeUndefined();
    await passTime(cloud, 2 * MINUTE);
    expect(await push(cloud, verdict(await traceNow(), 'pass'))).toBe('taken');
    expect((await show(id)).ticket.entries[0]?.pictures[0]?.check).toBe('passed');
  });
});

describe('erasing', () => {
  const everything = async () => ({ tickets: await ticketsIn(cloud), files: await filesIn(cloud) });

  it('a ticket takes its pictures along, also under way to a verdict', async () => {
    const ticket = await sent(cloud, { pictures: [await upload(cloud), await upload(cloud)] });
    const other = await sent(cloud, { pictures: [await upload(cloud)] });
    const kept = ticket.entries[0]!.pictures.map(({ fileId }) => fileId);
    const traces = (await filesIn(cloud)).map(({ trace }) => trace);
    expect(await cloud.call('feedback.remove', { id: ticket.id }, READER)).toEqual({ ok: true, data: {} });
    expect(await there(kept)).toEqual([false, false]);
    for (const trace of traces) await push(cloud, verdict(trace, 'pass'));
    expect((await ticketsIn(cloud)).map(({ _id }) => _id)).toEqual([other.id]);
    expect((await show(other.id)).ticket.entries[0]?.pictures[0]?.check).toBe('passed');
    expect(await cloud.call('feedback.remove', { id: ticket.id }, READER)).toEqual({ ok: true, data: {} });
  });

  it('all takes all of them along, and what comes afterwards changes nothing', async () => {
    const ticket = await sent(cloud, { pictures: [await upload(cloud)] });
    const unsent = await upload(cloud);
    const theirs = await sent(cloud, { pictures: [await upload(cloud, picture(), OTHER)] }, OTHER);
    const trace = (await filesIn(cloud)).find(({ owner, trace: its }) => owner === READER && its)?.trace;
    const erased = dataOf(await cloud.call('privacy.erase', { confirm: true }, READER)).erased;
    expect(erased).toMatchObject({ feedback: 1, feedback_files: 2 });
    expect(await there([unsent, ticket.entries[0]!.pictures[0]!.fileId])).toEqual([false, false]);
    expect(await push(cloud, verdict(trace, 'pass'))).toBe('nothing');
    expect(JSON.stringify(await everything())).not.toContain(READER);
    // what a phone was still uploading goes the next day
    const path = unsent.slice(unsent.indexOf('feedback/'));
    await cloud.upload(READER, path, picture());
    await passTime(cloud, DAY + 6 * MINUTE);
    expect(await there([unsent])).toEqual([false]);
    const left = await everything();
    expect(left.tickets.map(({ _id }) => _id)).toEqual([theirs.id]);
    expect(left.files.map(({ ticket: of }) => of)).toEqual([theirs.id]);
  });

  it('comes by itself a year after the last entry', async () => {
    const ticket = await sent(cloud, { pictures: [await upload(cloud)] });
    await push(cloud, verdict(await traceNow(), 'pass'));
    await passTime(cloud, 360 * DAY);
    await cloud.call('feedback.more', { id: ticket.id, text: '还在吗', requestId: tap() }, READER);
    await passTime(cloud, 10 * DAY);
    expect(await ticketsIn(cloud)).toHaveLength(1);
    await passTime(cloud, 356 * DAY);
    expect(await everything()).toEqual({ tickets: [], files: [] });
    expect(await there([ticket.entries[0]!.pictures[0]!.fileId])).toEqual([false]);
  });

  it('is finished by the job where it was cut off', async () => {
    const ticket = await sent(cloud, { pictures: [await upload(cloud)] });
    const kept = ticket.entries[0]!.pictures[0]!.fileId;
    // as a call leaves it that is killed once the ticket is gone, before the storage was asked
    const [file] = await filesIn(cloud);
    const { changeDocument, removeDocument } = await import('../support/read-database');
    await removeDocument(cloud.url(), 'feedback', ticket.id);
    await changeDocument(cloud.url(), 'feedback_files', file!._id, {
      state: 'doomed',
      due: cloud.clock.now(),
    });
    await passTime(cloud, MINUTE);
    expect(await there([kept])).toEqual([false]);
  });
});
