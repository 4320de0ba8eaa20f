import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../clock';
import type { RunningFunction } from '../functions/caller';
import { CLOUD } from '../functions/function-environment';
import { OpenApiError, type Api } from './api';
import type { MediaParameter, OpenApiAnswer, Parameters } from './codec';
import { checkMedia, checkText } from './content-check';
import { noteCustomer, sendCustomerMessage } from './customer-message';
import { getUnlimitedCode } from './mini-program-code';
import { Outbox, type OutboxEntry } from './outbox';
import { sendSubscribeMessage } from './subscribe-message';
import { WechatState, type PendingCheck, type Script } from './wechat-state';

const APIS: ReadonlyMap<string, Api> = new Map([
  ['subscribeMessage.send', sendSubscribeMessage],
  ['customerServiceMessage.send', sendCustomerMessage],
  ['wxacode.getUnlimited', getUnlimitedCode],
  ['security.msgSecCheck', checkText],
  ['security.mediaCheckAsync', checkMedia],
]);

/** Numbers of wx-server-sdk's own table. */
const API_NOT_FOUND = -604100;
const NO_PERMISSION = -604101;
const ILLEGAL_SOURCE = -604104;

/** How long the check of a picture takes here, ms; WeChat promises half an hour. */
const CHECK_MS = 200;

/** Levels of objects and lists in a prescribed result; WeChat's own have two. */
const DEEPEST_RESULT = 8;

export interface OpenApiOptions {
  dir: string;
  clock: Clock;
  /** Whether the function's configuration names the API. */
  isPermitted: (functionName: string, api: string) => boolean;
  /** Hands an event to the function that takes WeChat's pushes, if there is one; must not reject. */
  push: (event: Record<string, unknown>) => Promise<void>;
  log: (line: string) => void;
}

/** WeChat's open API as far as Shutong uses it. */
export class OpenApi {
  readonly #options: OpenApiOptions;
  readonly #outbox: Outbox;
  readonly #state: WechatState;
  readonly #checks = new Set<NodeJS.Timeout>();

  constructor(options: OpenApiOptions) {
    mkdirSync(options.dir, { recursive: true });
    this.#options = options;
    this.#outbox = new Outbox(path.join(options.dir, 'outbox.jsonl'), options.log);
    this.#state = new WechatState(path.join(options.dir, 'wechat.json'));
    for (const check of this.#state.pendingChecks) this.#finishLater(check);
  }

  get outbox(): OutboxEntry[] {
    return this.#outbox.entries;
  }

  /** Answers one call of a running function and records it. */
  call(name: string, parameters: Parameters, running: RunningFunction | undefined): OpenApiAnswer {
    const api = APIS.get(name);
    if (!api) {
      this.#options.log(`open API: ${name} is not one that this emulator knows`);
      return { platformError: API_NOT_FOUND };
    }
    if (!running) return { platformError: ILLEGAL_SOURCE };
    if (!this.#options.isPermitted(running.function, name)) {
      this.#options.log(`open API: ${name} is not among permissions.openapi of ${running.function}`);
      return { platformError: NO_PERMISSION };
    }
    const { answer, errcode, errmsg } = this.#run(name, api, parameters);
    this.#outbox.add({
      at: new Date(this.#options.clock.now()).toISOString(),
      api: name,
      function: running.function,
      request: withoutBytes(parameters),
      errcode,
      errmsg,
    });
    return answer;
  }

  /** Prescribes outcomes. @throws {Error} for an API that is not known, or a result that is nested too deeply */
  addScript(script: Script): void {
    if (!APIS.has(script.api)) throw new Error(`open API: ${script.api} is not one that this emulator knows`);
    // what cannot be written to disk would fail every later change of the state with it
    if (!isShallow(script.result, DEEPEST_RESULT)) {
      throw new Error(`open API: a result is nested at most ${DEEPEST_RESULT} levels`);
    }
    this.#state.addScript(script);
  }

  /** @returns the credits that the reader now has for the template */
  addCredits(openid: string, template: string, count: number): number {
    return this.#state.addCredits(openid, template, count);
  }

  setUnionid(openid: string, unionid: string): void {
    this.#state.setUnionid(openid, unionid);
  }

  unionidOf(openid: string): string | undefined {
    return this.#state.unionidOf(openid);
  }

  noteVisit(openid: string): void {
    this.#state.noteVisit(openid, this.#options.clock.now());
  }

  /** Lets WeChat know of a push that someone stages. */
  notePush(push: Record<string, unknown>): void {
    noteCustomer(push, this.#state, this.#options.clock.now());
  }

  reset(): void {
    this.#stopChecks();
    this.#outbox.clear();
    this.#state.clear();
  }

  close(): void {
    this.#stopChecks();
    this.#outbox.close();
  }

  #run(
    name: string,
    api: Api,
    parameters: Parameters,
  ): { answer: OpenApiAnswer; errcode: number; errmsg: string } {
    const script = this.#state.useScript(name);
    try {
      if (script?.errcode) throw new OpenApiError(script.errcode, script.errmsg ?? 'scripted');
      const answer = api({
        parameters,
        state: this.#state,
        clock: this.#options.clock,
        script,
        beginCheck: (check) => this.#beginCheck(check),
      });
      const whole = 'json' in answer ? { json: { errcode: 0, errmsg: 'ok', ...answer.json } } : answer;
      return { answer: whole, errcode: 0, errmsg: 'ok' };
    } catch (error) {
      if (!(error instanceof OpenApiError)) throw error;
      const { errcode, message: errmsg } = error;
      return { answer: { json: { errcode, errmsg: `${errmsg} rid: ${randomUUID()}` } }, errcode, errmsg };
    }
  }

  #beginCheck({ openid, result }: Omit<PendingCheck, 'traceId'>): string {
    const check = { traceId: randomUUID(), openid, result };
    this.#state.addCheck(check);
    this.#finishLater(check);
    return check.traceId;
  }

  #finishLater(check: PendingCheck): void {
    const timer = setTimeout(() => {
      this.#checks.delete(timer);
      void this.#finish(check);
    }, CHECK_MS);
    this.#checks.add(timer);
  }

  async #finish({ traceId, openid, result }: PendingCheck): Promise<void> {
    await this.#options.push({
      ToUserName: CLOUD.account,
      FromUserName: openid,
      CreateTime: Math.floor(this.#options.clock.now() / 1000),
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid: CLOUD.appid,
      trace_id: traceId,
      version: 2,
      errcode: 0,
      errmsg: 'ok',
      result,
      detail: [{ strategy: 'content_model', errcode: 0, prob: 90, ...result }],
    });
    this.#state.removeCheck(traceId);
  }

  #stopChecks(): void {
    for (const timer of this.#checks) clearTimeout(timer);
    this.#checks.clear();
  }
}

/** Pictures are recorded by their size only. */
function withoutBytes(parameters: Parameters): Parameters {
  const isMedia = (value: unknown): value is MediaParameter =>
    typeof value === 'object' && value !== null && Buffer.isBuffer((value as Partial<MediaParameter>).bytes);
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [
      key,
      isMedia(value) ? { ...value, bytes: value.bytes.length } : value,
    ]),
  );
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
