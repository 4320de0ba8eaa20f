import { glassEasel, MiniProgramEnv, component as adapter } from 'glass-easel-miniprogram-adapter';
import type { AssociatedBackend, CodeSpace, Root } from 'glass-easel-miniprogram-adapter';
import { type Builtin, defineBuiltin } from './builtins/define';
import { NotInPreview, reportError } from './errors';
import { PreviewBackend } from './backend';
import type { Program } from './program';
import { installScriptGlobals } from './script-globals';
import { countFor, countSetData } from './stats';

const BUILTIN = 'wx-builtin/';

/** glass-easel with the given built-ins, and the mini program's components, each registered when a page first needs it. */
export class Framework {
  private readonly codeSpace: CodeSpace;
  private readonly backend: AssociatedBackend;
  private readonly registered = new Set<string>();

  constructor(
    private readonly program: Program,
    builtins: Readonly<Record<string, Builtin>>,
  ) {
    // An unknown attribute or a failed handler must be seen: glass-easel would only warn.
    glassEasel.addGlobalErrorListener((error) => {
      reportError(error);
      return false;
    });
    glassEasel.addGlobalWarningListener((message, _component, element) => {
      const tag = element && 'is' in element ? String(element.is) : '';
      const attribute = /^"(.+)" is not a valid property$/.exec(message)?.[1];
      if (attribute && tag.startsWith(BUILTIN)) {
        reportError(new NotInPreview(`attribute "${attribute}" of <${tag.slice(BUILTIN.length)}>`));
      } else {
        console.warn(message);
      }
      return false;
    });
    glassEasel.globalOptions.writeIdToDOM = true;
    const env = new MiniProgramEnv();
    this.codeSpace = env.createCodeSpace(
      '',
      true,
      Object.fromEntries(Object.keys(builtins).map((name) => [name, BUILTIN + name])),
    );
    const space = this.codeSpace.getComponentSpace();
    for (const [name, builtin] of Object.entries(builtins)) {
      const path = BUILTIN + name;
      this.codeSpace.addComponentStaticConfig(path, { component: true, styleIsolation: 'shared' as never });
      this.addTemplate(path, this.program.templates[BUILTIN + (builtin.template ?? 'slot')]);
      defineBuiltin(this.codeSpace, path, builtin);
      const definition = space.getComponentByUrl(`/${path}`, '');
      space.setGlobalUsingComponent(name, definition as never);
    }
    this.backend = env.associateBackend(new PreviewBackend(new Set(Object.keys(builtins))));
    superviseSetData();
    installScriptGlobals();
  }

  private addTemplate(path: string, content: unknown): void {
    this.codeSpace.addCompiledTemplate(path, { groupList: this.program.templates, content } as never);
  }

  /** Registers a component after all that its template uses. */
  private register(path: string): void {
    if (this.registered.has(path)) return;
    this.registered.add(path);
    const source = this.program.components[path];
    if (!source) throw new NotInPreview(`component ${path}`);
    const generics = Object.values(source.config.componentGenerics ?? {});
    const defaults = generics.flatMap((generic) =>
      generic !== true && generic.default ? [generic.default] : [],
    );
    for (const used of [...Object.values(source.config.usingComponents), ...defaults])
      this.register(used.slice(1));
    this.codeSpace.addComponentStaticConfig(path, source.config as never);
    this.addTemplate(path, this.program.templates[path]);
    // No URL: all style sheets are linked in the document; only the class prefix is told.
    this.codeSpace.addStyleSheet(path, undefined, source.scope);
    this.codeSpace.componentEnv(path, (env) => {
      Object.assign(globalThis, withStringBehaviors(env));
      source.run();
    });
  }

  /** Makes a page's component; `url` may carry a query, which sets its properties. */
  createPage(path: string, url: string): Root {
    countFor(path);
    this.register(path);
    return this.backend.createRoot('wx-page', this.codeSpace, url);
  }

  /** Takes a closed page out of service: an answer that it waited for may still come. */
  releasePage(page: Root): void {
    released.add(page.getComponent());
    page.release();
  }
}

/** Pages that were closed. */
const released = new WeakSet<glassEasel.Element>();

type Definition = { behaviors?: unknown[] } | undefined;

/** The adapter refuses behaviors named by a string; WeChat's own are replaced by objects. */
function withStringBehaviors(env: Parameters<Parameters<CodeSpace['componentEnv']>[1]>[0]): object {
  const resolve = (definition: Definition): Definition =>
    definition?.behaviors
      ? { ...definition, behaviors: definition.behaviors.map((behavior) => weixinBehavior(env, behavior)) }
      : definition;
  const Component = (definition: Definition): unknown => env.Component(resolve(definition) as never);
  const Page = (definition: Definition): unknown => env.Page(resolve(definition) as never);
  const { trait } = env.Behavior as { trait: (this: void) => unknown };
  const Behavior = Object.assign(
    (definition: Definition): unknown => env.Behavior(resolve(definition) as never),
    { trait },
  );
  return { Component, Page, Behavior };
}

function weixinBehavior(
  env: Parameters<Parameters<CodeSpace['componentEnv']>[1]>[0],
  behavior: unknown,
): unknown {
  switch (behavior) {
    case 'wx://form-field':
    case 'wx://form-field-group':
      return env.Behavior({ properties: { name: String, value: null } } as never);
    case 'wx://form-field-button':
    case 'wx://component-export':
      return env.Behavior({} as never);
    default:
      if (typeof behavior === 'string') throw new NotInPreview(`behavior ${behavior}`);
      return behavior;
  }
}

/**
 * Every setData of the mini program is counted to the page on which it happens. On a page that was closed, and in a
 * component that was taken off its page, nobody sees it any more, as in WeChat.
 */
function superviseSetData(): void {
  const prototype = adapter.ComponentCaller.prototype;
  const { setData } = prototype as {
    setData: (this: typeof prototype, data: never, callback?: () => void) => void;
  };
  prototype.setData = function (this: typeof prototype, data: object, callback?: () => void) {
    const host = this._$.getBackendElement() as unknown as Element | null;
    // one that lost its own element has no place for those of its template; a virtual one never had any
    const isTakenOff = host === null && !this._$.isVirtual();
    if (isTakenOff || released.has(pageOf(this._$))) return;
    if (!this.is.startsWith(BUILTIN)) {
      countSetData(host?.closest<HTMLElement>('wx-body')?.dataset['page'], data);
    }
    setData.call(this, data as never, callback);
  };
}

function pageOf(element: glassEasel.Element): glassEasel.Element {
  const owner = element.ownerShadowRoot?.getHostNode();
  return owner ? pageOf(owner) : element;
}
