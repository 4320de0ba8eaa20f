import { settle, type SendEnd } from '../../../stores/message-outbox';
import { endPauses, pauseSending } from '../../../stores/message-work';
import type { MessageDocument } from '../../../stores/messages';
import type { SendOutcome } from '../../../runtime/subscribe-message';
import type { FilledTemplate } from '../templates/fill-template';
import type { Run } from './run';

/** A message that is ready to be sent. */
export interface Ready extends FilledTemplate {
  template: string;
  language: 'zh-CN' | 'en';
  state: 'formal' | 'trial' | 'developer';
}

/** Longest wait for WeChat, and what must be left to write down what it said, ms. */
const LONGEST = 10_000;
const TO_SETTLE = 1_500;

/** Asks WeChat once to send a message that has been told, and writes down what became of it. */
export async function sendTold(run: Run, message: MessageDocument, ready: Ready): Promise<void> {
  const { context, time } = run;
  const wait = Math.max(0, Math.min(LONGEST, time.left() - TO_SETTLE));
  const outcome = await context.send({ ...ready, openid: message.owner }, wait);
  const end = await endOf(run, outcome, context.now());
  await settle(message, ready.template, end, context.now());
  run.count('delivery' in end ? `sent.${end.delivery}` : 'sent.later');
  if (outcome === 'sent' && run.pause.wasPaused) {
    await endPauses(context.now());
    run.pause = { wasPaused: false };
  }
}

async function endOf(run: Run, outcome: SendOutcome, now: number): Promise<SendEnd> {
  if (outcome === 'sent' || outcome === 'unknown') return { delivery: outcome };
  const { kind, notSent: errcode } = outcome;
  switch (kind) {
    case 'limit':
      return { later: await pause(run, now), errcode };
    case 'refusedForGood':
      return { delivery: 'failed', errcode };
    case 'noCredit':
    case 'switchedOff':
      return { delivery: kind, errcode };
  }
}

async function pause(run: Run, now: number): Promise<number> {
  const until = await pauseSending(now);
  run.pause = { until, wasPaused: true };
  return until;
}
