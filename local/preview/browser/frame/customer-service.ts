import { el } from '../dom';
import { readSettings, text } from '../settings';

/** The original id of the mini program in the local cloud. */
const ACCOUNT = 'gh_local';

interface Line {
  mine: boolean;
  said: string;
}
interface OutboxEntry {
  api: string;
  errcode: number;
  request: { touser?: string; text?: { content?: string } };
}

/** What was said in this window, by persona. */
const talks = new Map<string, Line[]>();
const talkOf = (openid: string): Line[] => {
  const talk = talks.get(openid) ?? [];
  talks.set(openid, talk);
  return talk;
};

/** Shows what was said, in the panel that is there now. */
let show = (): void => undefined;

/** As WeChat does when a reader enters the chat: customer service hears of it and may greet. */
export async function enterChat(): Promise<void> {
  const { openid } = readSettings();
  document.querySelector<HTMLElement>('#write')?.focus();
  const answers = await push(openid, {
    MsgType: 'event',
    Event: 'user_enter_tempsession',
    SessionFrom: 'wxapp',
  });
  talkOf(openid).push(...answers.map((said) => ({ mine: false, said })));
  show();
}

/** Writes to customer service as the persona does in WeChat, and shows what comes back. */
export function customerService(): HTMLElement {
  const { openid } = readSettings();
  const log = el('div', {
    class: 'talk',
    role: 'log',
    tabindex: '0',
    'aria-label': text('对话', 'Conversation'),
  });
  const field = el('input', {
    type: 'text',
    id: 'write',
    autocomplete: 'off',
    placeholder: text('例如：怎么续借', 'for example: how do I renew'),
  });
  const button = el('button', { type: 'submit' }, text('发送', 'Send'));
  const form = el(
    'form',
    { class: 'write' },
    el('label', { for: 'write' }, text('写给客服', 'Write to customer service')),
    field,
    button,
  );
  show = (): void => {
    log.replaceChildren(...talkOf(openid).map(drawLine));
    log.hidden = talkOf(openid).length === 0;
    log.scrollTop = log.scrollHeight;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const said = field.value;
    if (said.trim() === '' || button.disabled) return;
    field.value = '';
    button.disabled = true;
    talkOf(openid).push({ mine: true, said });
    show();
    void write(openid, said).then((answers) => {
      talkOf(openid).push(...answers.map((answer) => ({ mine: false, said: answer })));
      button.disabled = false;
      show();
    });
  });
  show();
  return el('div', { class: 'service' }, form, log);
}

async function write(openid: string, said: string): Promise<string[]> {
  const id = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  const answers = await push(openid, { MsgType: 'text', Content: said, MsgId: id });
  return answers.length > 0 ? answers : [text('（没有回复）', '(no reply)')];
}

/** Pushes as WeChat does. @returns what was sent to the reader since */
async function push(openid: string, what: object): Promise<string[]> {
  const CreateTime = Math.floor(Date.now() / 1000);
  const event = { ToUserName: ACCOUNT, FromUserName: openid, CreateTime, ...what };
  try {
    const before = (await repliesTo(openid)).length;
    const response = await fetch('/local/run', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ function: 'messages', event }),
    });
    if (!response.ok) return [failed(response.status)];
    return (await repliesTo(openid)).slice(before);
  } catch {
    return [failed()];
  }
}

async function repliesTo(openid: string): Promise<string[]> {
  const response = await fetch('/local/outbox');
  const entries = (await response.json()) as OutboxEntry[];
  return entries
    .filter(({ api, request }) => api === 'customerServiceMessage.send' && request.touser === openid)
    .map(({ errcode, request }) =>
      errcode === 0
        ? (request.text?.content ?? '')
        : text(`（微信没有送出：${errcode}）`, `(WeChat did not deliver it: ${errcode})`),
    );
}

const failed = (status?: number): string =>
  text(`（没有成功：${status ?? '无应答'}）`, `(failed: ${status ?? 'no answer'})`);

const LINK = /<a [^>]*data-miniprogram-path="([^"]*)"[^>]*>([^<]*)<\/a>/g;

function drawLine({ mine, said }: Line): HTMLElement {
  const line = el('p', { class: mine ? 'mine' : 'theirs' });
  let from = 0;
  for (const { 0: whole, 1: page = '', 2: label = '', index } of mine ? [] : said.matchAll(LINK)) {
    line.append(said.slice(from, index), drawLink(page, label));
    from = index + whole.length;
  }
  line.append(said.slice(from));
  return line;
}

/** Opens the page in the phone. */
function drawLink(page: string, label: string): HTMLElement {
  const link = el('a', { href: `/app#/${page}` }, label);
  link.addEventListener('click', (event) => {
    const phone = document.querySelector<HTMLIFrameElement>('#screen')?.contentWindow;
    if (!phone) return;
    event.preventDefault();
    phone.location.hash = `#/${page}`;
  });
  return link;
}
