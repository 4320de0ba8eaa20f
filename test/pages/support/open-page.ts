import path from 'node:path';
import simulate from 'miniprogram-simulate';

const ROOT = path.resolve(__dirname, '../../../miniprogram');
const npm = (name: string) => `/miniprogram_npm/tdesign-miniprogram/${name}/${name}`;
const loaded = new Map<string, string>();

/** A page or component as the framework runs it. */
export interface Opened {
  data: Record<string, unknown>;
  instance: Record<string, (...args: unknown[]) => unknown>;
  html(): string;
  /** Text as a reader sees it, blanks drawn together */
  text(): string;
  find(selector: string): Found | undefined;
  tap(selector: string): void;
  show(): void;
}

interface Found {
  dom: HTMLElement;
  dispatchEvent(type: string, options?: object): void;
}

interface Rendered {
  dom: HTMLElement;
  instance: Opened['instance'] & { data: Record<string, unknown> };
  attach(parent: HTMLElement): void;
  querySelector(selector: string): Found | undefined;
}

/** Opens miniprogram/<name>, e.g. "pages/home/home", with the decoded query as WeChat passes it: encoded. */
export function openPage(name: string, query: Record<string, string> = {}): Opened {
  const page = open(name, {});
  page.instance['onLoad']?.(query);
  page.show();
  return page;
}

export function open(name: string, properties: Record<string, unknown>): Opened {
  const id =
    loaded.get(name) ??
    simulate.load(path.join(ROOT, name), name.replace(/\W/g, '-'), {
      rootPath: ROOT,
      usingComponents: { 't-popup': npm('popup'), 't-switch': npm('switch') },
    });
  loaded.set(name, id);
  const rendered = simulate.render(id, properties) as unknown as Rendered;
  rendered.attach(document.body.appendChild(document.createElement('div')));
  return {
    get data() {
      return rendered.instance.data;
    },
    instance: rendered.instance,
    html: () => rendered.dom.innerHTML,
    text: () => rendered.dom.textContent.replace(/\s+/g, ' ').trim(),
    find: (selector) => rendered.querySelector(selector),
    tap: (selector) => {
      const found = rendered.querySelector(selector);
      if (!found) throw new Error(`nothing to tap at ${selector} in ${rendered.dom.innerHTML}`);
      found.dispatchEvent('tap');
    },
    show: () => void rendered.instance['onShow']?.(),
  };
}

/** Waits until something holds, or fails with what was there instead. */
export async function until(holds: () => boolean, otherwise: () => string = () => ''): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`did not happen: ${holds.toString()} ${otherwise()}`);
}

/** Lets everything happen that is ready to happen. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
