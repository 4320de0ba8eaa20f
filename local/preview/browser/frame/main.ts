import { el } from '../dom';
import { OPEN_CHAT } from '../open-chat';
import { customerService, enterChat } from './customer-service';
import { PERSONAS, readSettings, text, writeSettings, type Settings } from '../settings';

/** The panel beside the phone. A switch writes the settings; the page in the phone hears of it and follows. */
function draw(): void {
  const panel = document.querySelector('#panel');
  if (!panel) throw new Error('the frame has no panel');
  const settings = readSettings();
  document.documentElement.lang = settings.language === 'en' ? 'en' : 'zh-CN';
  panel.replaceChildren(
    el(
      'header',
      {},
      el('h1', {}, text('书童', 'Shutong')),
      el('p', {}, text('小程序预览', 'Mini program preview')),
    ),
    el('div', { class: 'group' }, personas(settings)),
    el(
      'div',
      { class: 'group' },
      choice('language', text('语言', 'Language'), [
        ['zh_CN', '中文'],
        ['en', 'English'],
      ]),
      choice('theme', text('外观', 'Appearance'), [
        ['system', text('随系统', 'System')],
        ['light', text('浅色', 'Light')],
        ['dark', text('深色', 'Dark')],
      ]),
      choice('textSize', text('字号', 'Text size'), [
        ['17', text('标准', 'Standard')],
        ['20', text('大', 'Large')],
        ['23', text('特大', 'Largest')],
      ]),
      choice('network', text('网络', 'Network'), [
        ['online', text('正常', 'Online')],
        ['slow', text('慢', 'Slow')],
        ['offline', text('断开', 'Offline')],
      ]),
    ),
    el('div', { class: 'group' }, clock(), faults()),
    el('div', { class: 'group' }, customerService()),
    el(
      'footer',
      {},
      el(
        'a',
        { href: '/app', target: '_blank', rel: 'noopener', onclick: openBare },
        text('单独打开', 'Open alone'),
      ),
      el('a', { href: '/local/outbox', target: '_blank', rel: 'noopener' }, text('发件箱', 'Outbox')),
      el('p', { id: 'status', role: 'status' }),
    ),
  );
}

function personas(settings: Settings): HTMLElement {
  const about = el('p', { class: 'about' });
  const select = el('select', { id: 'persona' });
  for (const persona of PERSONAS) {
    const option = el('option', { value: persona.openid }, text(persona.name, persona.nameEn));
    option.selected = persona.openid === settings.openid;
    if (option.selected) about.textContent = text(persona.about, persona.aboutEn);
    select.append(option);
  }
  select.addEventListener('change', () => {
    change({ openid: select.value });
  });
  return el('div', { class: 'field' }, el('label', { for: 'persona' }, text('我是', 'I am')), select, about);
}

type Choice = 'language' | 'theme' | 'textSize' | 'network';

function choice(name: Choice, label: string, options: [value: string, label: string][]): HTMLElement {
  const now = String(readSettings()[name]);
  const buttons = options.map(([value, title]) => {
    const radio = el('input', { type: 'radio', name, value });
    radio.checked = value === now;
    radio.addEventListener('change', () => {
      change({ [name]: name === 'textSize' ? Number(value) : value });
    });
    return el('label', {}, radio, el('span', {}, title));
  });
  return el('fieldset', {}, el('legend', {}, label), el('div', { class: 'segments' }, ...buttons));
}

function change(settings: Partial<Settings>): void {
  writeSettings(settings);
  if ('language' in settings || 'openid' in settings) draw();
}

/** Moves the clock of functions, database and demo library. */
function clock(): HTMLElement {
  const field = el('input', { type: 'datetime-local', id: 'clock' });
  field.addEventListener('change', () => {
    if (field.value) void post('/local/clock', { now: new Date(field.value).toISOString() });
  });
  return el('div', { class: 'field' }, el('label', { for: 'clock' }, text('时钟', 'Clock')), field);
}

function faults(): HTMLElement {
  const names: [string, string][] = [
    ['none', text('正常', 'Well')],
    ['offline', text('连不上', 'Offline')],
    ['slow', text('很慢', 'Slow')],
    ['garbage', text('答非所问', 'Garbage')],
    ['drop-after-write', text('写后断线', 'Lost after writing')],
  ];
  const select = el(
    'select',
    { id: 'faults' },
    ...names.map(([value, label]) => el('option', { value }, label)),
  );
  select.addEventListener('change', () => {
    void post('/local/faults', { library: select.value });
  });
  return el(
    'div',
    { class: 'field' },
    el('label', { for: 'faults' }, text('图书馆系统', 'Library system')),
    select,
  );
}

async function post(url: string, body: object): Promise<void> {
  const status = document.querySelector('#status');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (!status) return;
  status.textContent = response?.ok
    ? text('已生效', 'Done')
    : text(`没有成功（${response?.status ?? '无应答'}）`, `Failed (${response?.status ?? 'no answer'})`);
}

/** The same page, outside of the frame. */
function openBare(event: Event): void {
  const screen = document.querySelector<HTMLIFrameElement>('#screen');
  if (event.currentTarget instanceof HTMLAnchorElement) {
    event.currentTarget.href = `/app${screen?.contentWindow?.location.hash ?? ''}`;
  }
}

addEventListener('message', ({ origin, data }) => {
  if (origin === location.origin && data === OPEN_CHAT) void enterChat();
});
draw();
