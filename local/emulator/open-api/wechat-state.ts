import { existsSync, readFileSync } from 'node:fs';
import { replaceFile } from './durable-file';

/** A prescribed outcome of the next calls of an API. */
export interface Script {
  api: string;
  /** The error to answer with. */
  errcode?: number | undefined;
  errmsg?: string | undefined;
  /** The verdict of a content check, e.g. `{"suggest":"risky","label":20001}`. */
  result?: Record<string, unknown> | undefined;
  times: number;
}

/** A picture or sound whose check is still going on. */
export interface PendingCheck {
  traceId: string;
  openid: string;
  result: Record<string, unknown>;
}

interface Conversation {
  left: number;
  until: number;
}

interface Content {
  /** Accepted and not yet used subscriptions, by openid and template. */
  credits: Map<string, number>;
  scripts: Script[];
  pendingChecks: PendingCheck[];
  /** By openid, when a reader last called a function, ms. */
  visits: Map<string, number>;
  /** By openid, how many answers of customer service a reader may still get, and until when, ms. */
  conversations: Map<string, Conversation>;
  /** By openid, which person that is among all accounts of one owner. */
  unionids: Map<string, string>;
}

/** What WeChat knows about readers beyond our own data; durable, small, written as a whole. */
export class WechatState {
  readonly #file: string;
  #content: Content;

  constructor(file: string) {
    this.#file = file;
    this.#content = existsSync(file) ? parse(readFileSync(file, 'utf8')) : empty();
  }

  addCredits(openid: string, template: string, count: number): number {
    const key = creditKey(openid, template);
    const credits = Math.max(0, (this.#content.credits.get(key) ?? 0) + count);
    this.#content.credits.set(key, credits);
    this.#save();
    return credits;
  }

  /** @returns false when none was left */
  useCredit(openid: string, template: string): boolean {
    const key = creditKey(openid, template);
    const credits = this.#content.credits.get(key) ?? 0;
    if (credits === 0) return false;
    this.#content.credits.set(key, credits - 1);
    this.#save();
    return true;
  }

  addScript(script: Script): void {
    this.#content.scripts.push(script);
    this.#save();
  }

  /** The oldest script for this API, one time of it used up. */
  useScript(api: string): Script | undefined {
    const script = this.#content.scripts.find((candidate) => candidate.api === api);
    if (!script) return undefined;
    script.times -= 1;
    this.#content.scripts = this.#content.scripts.filter(({ times }) => times > 0);
    this.#save();
    return script;
  }

  /** Not worth a write of its own: it only says who was here lately. */
  noteVisit(openid: string, at: number): void {
    this.#content.visits.set(openid, at);
  }

  lastVisit(openid: string): number | undefined {
    return this.#content.visits.get(openid);
  }

  /** What a reader does allows so many answers within that time; they are not added to what is left of before. */
  allowReplies(openid: string, { left, until }: Conversation, now: number): void {
    const before = this.#content.conversations.get(openid);
    const open = before && before.until >= now ? before : { left: 0, until: 0 };
    const conversation = { left: Math.max(open.left, left), until: Math.max(open.until, until) };
    this.#content.conversations.set(openid, conversation);
    this.#save();
  }

  conversation(openid: string): Conversation | undefined {
    return this.#content.conversations.get(openid);
  }

  noteReply(openid: string): void {
    const conversation = this.#content.conversations.get(openid);
    if (!conversation) return;
    conversation.left -= 1;
    this.#save();
  }

  setUnionid(openid: string, unionid: string): void {
    this.#content.unionids.set(openid, unionid);
    this.#save();
  }

  unionidOf(openid: string): string | undefined {
    return this.#content.unionids.get(openid);
  }

  get pendingChecks(): PendingCheck[] {
    return [...this.#content.pendingChecks];
  }

  addCheck(check: PendingCheck): void {
    this.#content.pendingChecks.push(check);
    this.#save();
  }

  removeCheck(traceId: string): void {
    this.#content.pendingChecks = this.#content.pendingChecks.filter((check) => check.traceId !== traceId);
    this.#save();
  }

  clear(): void {
    this.#content = empty();
    this.#save();
  }

  #save(): void {
    const { credits, scripts, pendingChecks, visits, conversations, unionids } = this.#content;
    replaceFile(
      this.#file,
      JSON.stringify({
        credits: [...credits],
        scripts,
        pendingChecks,
        visits: [...visits],
        conversations: [...conversations],
        unionids: [...unionids],
      }),
    );
  }
}

const empty = (): Content => ({
  credits: new Map(),
  scripts: [],
  pendingChecks: [],
  visits: new Map(),
  conversations: new Map(),
  unionids: new Map(),
});

function parse(text: string): Content {
  const stored = JSON.parse(text) as {
    credits: [string, number][];
    scripts: Script[];
    pendingChecks: PendingCheck[];
    visits: [string, number][];
    conversations: [string, Partial<Conversation>][];
    /** Absent in what was written before they were kept. */
    unionids?: [string, string][];
  };
  return {
    credits: new Map(stored.credits),
    scripts: stored.scripts,
    pendingChecks: stored.pendingChecks,
    visits: new Map(stored.visits),
    conversations: new Map(
      stored.conversations.map(([openid, { left = 0, until = 0 }]) => [openid, { left, until }]),
    ),
    unionids: new Map(stored.unionids ?? []),
  };
}

/** Neither part can hold a blank. */
const creditKey = (openid: string, template: string): string => `${openid} ${template}`;
