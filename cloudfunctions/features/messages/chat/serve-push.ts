import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../../runtime/context';
import { placeOf, type Log, type LogFields } from '../../../runtime/log';
import { confirm } from '../../../stores/message-credits';
import { noteGreeting, wasGreeted } from '../../../stores/message-chats';
import { pushIdOf, takePush, type TakenPush } from '../../../stores/message-pushes';
import { currentMessageSettings } from '../../../stores/message-settings';
import { CREDIT_EVENTS } from '../../../stores/subscription-events';
import { findLinkedOpenid } from '../../../stores/union-links';
import { admitPush, isPushSource, type Sender, type Vouched } from './admit-push';
import { answerText } from './answer-text';
import type { Reply } from './compose';
import type { ChatServices, Conversation } from './conversation';
import { introduce } from './introduce';
import { readPush, type Push } from './read-push';
import { wordsOf } from './words';

/** What WeChat is told when there is nothing to say. */
const QUIET = 'success';
/** WeChat waits five seconds for a passive answer; what is ready later it does not take, ms. */
const PASSIVE_WITHIN = 4_500;
/** By then it has hung up and pushes again; whatever it is told before that is the end of it, ms. */
const HUNG_UP_AFTER = 5_200;
/** When it was first pushed so long ago, this is its third and last time: better said nothing than that nobody is there, ms. */
const LAST_AFTER = 12_000;

/** What the entry puts together. */
export interface PushPorts extends ChatServices {
  /** Sends a customer message, once. */
  sendText(
    openid: string,
    text: string,
  ): Promise<{ outcome: 'sent' } | { outcome: 'refused'; code: number } | { outcome: 'unknown' }>;
  /** Takes the verdict about a picture; one that is not awaited does nothing. */
  takeVerdict(context: Context, event: unknown): Promise<'taken' | 'nothing'>;
}

export interface PushCall {
  vouched: Vouched;
  /** What the platform calls the source of its pushes. */
  source: string;
  /** Without an identity: who is asked for is settled here. */
  context: Omit<Context, 'openid'>;
  ports: PushPorts;
  log: Log;
}

/**
 * Serves what WeChat pushes: answers who writes, takes note of permissions and verdicts. Whatever is no push of WeChat's, or
 * none that anything here is about, is answered quietly, and nothing is done. One line of the log says what was done, never
 * what was written.
 * @returns what the function answers: a passive answer, a hand-over to WeChat's desk, or the word for "it has come"
 * @throws what kept it from being answered before anything was said: WeChat pushes again
 */
export async function servePush(call: PushCall, event: unknown): Promise<unknown> {
  const started = performance.now();
  const note = (outcome: string, fields: LogFields = {}, level: 'info' | 'warn' = 'info'): void => {
    call.log(level, 'push', { outcome, ms: Math.round(performance.now() - started), ...fields });
  };
  if (!isPushSource(call.vouched.source, call.source)) {
    note('refused', { source: call.vouched.source.slice(0, 64) }, 'warn');
    return QUIET;
  }
  const push = readPush(event);
  if (!push) {
    note('malformed', {}, 'warn');
    return QUIET;
  }
  const context = { ...call.context, openid: '' };
  if (push.kind === 'event' && push.event === 'wxa_media_check') {
    // it comes in the name of WeChat's service; the trace alone says which picture is meant
    note(await call.ports.takeVerdict(context, event), { action: 'verdict' });
    return QUIET;
  }
  const settings = await currentMessageSettings(context.now());
  const sender = admitPush(push, call.vouched, settings.accounts);
  const task = sender && taskOf(push, sender, event);
  if (!sender || !task) {
    note(sender ? 'ignored' : 'foreign', {}, sender ? 'info' : 'warn');
    return QUIET;
  }
  const about = { action: task.kind, account: sender.account };
  const key = { openid: push.from, parts: push.parts };
  const taken = await takePush(context.desk(), key, context.now);
  if (!taken) {
    note('seen', about);
    return QUIET;
  }
  if ('atWork' in taken) {
    note('atWork', about);
    if (sender.account === 'official' && taken.atWork < LAST_AFTER) await outlastCall(started);
    return QUIET;
  }
  if ('late' in taken) {
    note('late', about);
    return passiveAnswer(push, String(taken.late), context.now());
  }
  try {
    const conversation: Conversation = {
      writer: push.from,
      account: sender.account,
      context: { ...call.context, openid: await identityOf(sender, call.context) },
      services: call.ports,
      appid: call.vouched.appid,
      pushId: pushIdOf(context.desk(), key),
      desk: settings.wechatDesk,
    };
    const { reply, failure, claim } = await replyTo(task, conversation, taken);
    const fields: LogFields = { ...about, ...failure };
    if (!reply) {
      note('done', fields);
      return QUIET;
    }
    return sender.account === 'official'
      ? await answerPassively(reply, { push, taken, conversation, started, note, fields })
      : await answerByMessage(reply, { push, taken, conversation, call, claim, note, fields });
  } finally {
    await taken.leave();
  }
}

/** What there is to do about a push. */
type Task =
  | { kind: 'text'; text: string }
  | { kind: 'help' | 'greet' | 'welcome' }
  | { kind: 'permission'; event: string; list: unknown };

function taskOf(push: Push, { account }: Sender, event: unknown): Task | undefined {
  if (push.kind === 'text') return { kind: 'text', text: push.text };
  if (push.kind === 'other') return { kind: 'help' };
  if (account === 'official') {
    if (push.event === 'subscribe') return { kind: 'welcome' };
    // what the library has put under a tap of its menu is read as if it had been typed
    return push.event === 'CLICK' && push.key !== '' ? { kind: 'text', text: push.key } : undefined;
  }
  if (push.event === 'user_enter_tempsession') return { kind: 'greet' };
  return CREDIT_EVENTS.some((known) => known === push.event)
    ? { kind: 'permission', event: push.event, list: (event as { List?: unknown }).List }
    : undefined;
}

/** In whose name the library is asked: a follower is a reader only through the UNIONID that the platform names for both. */
async function identityOf(sender: Sender, { desk }: Omit<Context, 'openid'>): Promise<string> {
  if (sender.account === 'miniProgram') return sender.openid;
  if (sender.unionid === undefined) return '';
  return (await findLinkedOpenid(desk().lookup, sender.unionid)) ?? '';
}

interface Replying {
  reply?: Reply;
  failure?: LogFields;
  /** Asked once nobody else takes the push: false when the reply was given meanwhile. */
  claim?: () => Promise<boolean>;
}

async function replyTo(task: Task, conversation: Conversation, taken: TakenPush): Promise<Replying> {
  const { context, writer } = conversation;
  switch (task.kind) {
    case 'permission':
      // a count that is lost is made up for by what the mini program claims; one that counts twice is not
      if (await taken.begin()) await confirm(writer, task, context.now());
      return {};
    case 'greet':
      if (await wasGreeted(writer, context.now())) return {};
      return {
        reply: await introduce(conversation, 'greeting'),
        claim: () => noteGreeting(writer, context.now()),
      };
    case 'welcome':
      return { reply: await introduce(conversation, 'welcome') };
    case 'help':
      return { reply: await introduce(conversation, 'onlyText') };
    case 'text':
      try {
        return { reply: await answerTwice(conversation, task.text) };
      } catch (error) {
        const words = wordsOf(/\p{Script=Han}/u.test(task.text.slice(0, 200)) ? 'zh' : 'en');
        return { reply: { text: words.defect }, failure: { defect: true, ...placeOf(error) } };
      }
  }
}

/**
 * A connection may break while the index of questions is made. All that is done for a text is done once for its push, so
 * that it may be tried again before somebody is told that it failed.
 */
async function answerTwice(conversation: Conversation, text: string): Promise<Reply> {
  try {
    return await answerText(conversation, text);
  } catch {
    return answerText(conversation, text);
  }
}

interface Answering {
  push: Push;
  taken: TakenPush;
  conversation: Conversation;
  note: (outcome: string, fields?: LogFields, level?: 'info' | 'warn') => void;
  fields: LogFields;
}

/** By customer message: asked of WeChat once, whatever comes of it. */
async function answerByMessage(
  reply: Reply,
  {
    push,
    taken,
    conversation,
    call,
    claim,
    note,
    fields,
  }: Answering & { call: PushCall; claim: Replying['claim'] },
): Promise<unknown> {
  if (!(await taken.begin())) {
    note('overtaken', fields, 'warn');
    return QUIET;
  }
  if (claim && !(await claim())) {
    note('done', fields);
    return QUIET;
  }
  const sending = await call.ports.sendText(conversation.writer, reply.text);
  const code = sending.outcome === 'refused' ? { code: sending.code } : {};
  note(sending.outcome, { ...fields, ...code }, sending.outcome === 'sent' ? 'info' : 'warn');
  return reply.transfer ? transferTo(push, conversation.context.now()) : QUIET;
}

/** As the answer of the call itself; one for which WeChat waits no more is kept for its next push of the same. */
async function answerPassively(
  reply: Reply,
  { push, taken, conversation, started, note, fields }: Answering & { started: number },
): Promise<unknown> {
  if (performance.now() - started > PASSIVE_WITHIN) {
    await taken.keepLate(reply.text);
    note('tooLate', fields, 'warn');
    await outlastCall(started);
    return QUIET;
  }
  if (!(await taken.begin())) {
    note('overtaken', fields, 'warn');
    return QUIET;
  }
  note('answered', fields);
  const now = conversation.context.now();
  return reply.transfer ? transferTo(push, now) : passiveAnswer(push, reply.text, now);
}

/** Says nothing until WeChat has hung up, so that it pushes once more and takes along what is ready by then. */
async function outlastCall(started: number): Promise<void> {
  await pause(Math.max(0, HUNG_UP_AFTER - (performance.now() - started)));
}

const envelope = ({ to, from }: Push, now: number) => ({
  ToUserName: from,
  FromUserName: to,
  CreateTime: Math.floor(now / 1000),
});
const passiveAnswer = (push: Push, text: string, now: number): unknown => ({
  ...envelope(push, now),
  MsgType: 'text',
  Content: text,
});
const transferTo = (push: Push, now: number): unknown => ({
  ...envelope(push, now),
  MsgType: 'transfer_customer_service',
});
