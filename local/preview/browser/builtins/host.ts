import { glassEasel } from 'glass-easel-miniprogram-adapter';

const hosts = new WeakMap<Node, Host>();

export const hostOf = (element: Node): Host | undefined => hosts.get(element);

/** One built-in on the page: its DOM element, its attributes, its events. */
export class Host {
  readonly element: HTMLElement;
  private readonly watchers: { names: readonly string[]; run: () => void }[] = [];
  private readonly onDetached: (() => void)[] = [];
  private attached = false;
  /** What a form asks: set by form fields. */
  field?: { value: () => unknown; reset: () => void };
  /** What a label does to its control. */
  activate?: () => void;

  constructor(readonly component: glassEasel.GeneralComponent) {
    this.element = component.getBackendElement() as unknown as HTMLElement;
    hosts.set(this.element, this);
  }

  get(name: string): unknown {
    return (this.component.data as Record<string, unknown>)[name];
  }
  text(name: string): string {
    const value = this.get(name);
    return value === null || value === undefined ? '' : `${value as string | number | boolean}`;
  }
  number(name: string): number {
    return Number(this.get(name)) || 0;
  }
  on(name: string): boolean {
    return Boolean(this.get(name));
  }

  /** Sets an attribute from inside, as typing does; `model:` bindings follow. */
  set(name: string, value: unknown): void {
    this.component.setData({ [name]: value });
  }

  /** Runs when the element is attached and whenever one of the attributes changes after that. */
  watch(names: readonly string[], run: () => void): void {
    this.watchers.push({ names, run });
    if (this.attached) run();
  }

  /** Sends an event to the page. `returned` gets what the handler returned. */
  emit(
    type: string,
    detail: object,
    options: { bubbles?: boolean; returned?: (value: unknown) => void } = {},
  ): void {
    const event = new glassEasel.Event(type, detail, {
      bubbles: options.bubbles ?? false,
      composed: options.bubbles ?? false,
      handleListenerReturn: (value) => {
        options.returned?.(value);
      },
    });
    event.dispatch(this.component);
  }

  onTap(run: () => void): void {
    this.component.addListener('tap', run);
  }

  onDetach(run: () => void): void {
    this.onDetached.push(run);
  }

  /** The path of the component in whose template the element stands: relative file names start there. */
  get owner(): string {
    return this.component.ownerShadowRoot?.getHostNode().is ?? '';
  }

  changed(name: string): void {
    if (!this.attached) return;
    for (const watcher of this.watchers) if (watcher.names.includes(name)) watcher.run();
  }
  attach(): void {
    this.attached = true;
    for (const watcher of this.watchers) watcher.run();
  }
  detach(): void {
    this.attached = false;
    for (const run of this.onDetached) run();
  }
}
