import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import { forgetModal, watchModal } from '../modal-focus';
import { Host } from './host';

type PropertyType =
  StringConstructor | NumberConstructor | BooleanConstructor | ObjectConstructor | ArrayConstructor | null;
export type Properties = Record<string, PropertyType | { type: PropertyType; value: unknown }>;

export interface Builtin {
  /** Attributes with their types and defaults, beside the common ones. */
  properties?: Properties;
  /** Attributes that are accepted because they mean nothing outside a phone. */
  withoutEffect?: readonly string[];
  /** Name of the template below `wx-builtin/`; 'slot' shows the children. */
  template?: string;
  create?: (host: Host) => void;
}

const ARIA = [
  'Label',
  'Role',
  'Hidden',
  'Disabled',
  'Checked',
  'Selected',
  'Expanded',
  'Pressed',
  'Haspopup',
  'Modal',
  'Live',
  'Atomic',
  'Busy',
  'Current',
  'Level',
  'Required',
  'Invalid',
  'Readonly',
  'Multiselectable',
  'Orientation',
  'Sort',
  'Describedby',
  'Labelledby',
  'Controls',
  'Owns',
  'Valuemin',
  'Valuemax',
  'Valuenow',
  'Valuetext',
  'Setsize',
  'Posinset',
  'Roledescription',
  'Placeholder',
  'Activedescendant',
];
const ARIA_PROPERTIES = ARIA.map((name) => `aria${name}`);

const COMMON: Properties = {
  hidden: Boolean,
  hoverClass: { type: String, value: 'none' },
  hoverStartTime: { type: Number, value: 50 },
  hoverStayTime: { type: Number, value: 400 },
  hoverStopPropagation: Boolean,
  ...Object.fromEntries(ARIA_PROPERTIES.map((name) => [name, null])),
};

/** Registers a built-in as a component whose own element is `<wx-NAME>`. */
export function defineBuiltin(codeSpace: CodeSpace, path: string, builtin: Builtin): void {
  const ignored = Object.fromEntries((builtin.withoutEffect ?? []).map((name) => [name, null]));
  const properties: Properties = { ...COMMON, ...ignored, ...builtin.properties };
  const made = new WeakMap<object, Host>();
  const definition = {
    properties,
    observers: Object.fromEntries(
      Object.keys(properties).map((name) => [
        name,
        function (this: object) {
          made.get(this)?.changed(name);
        },
      ]),
    ),
    lifetimes: {
      created(this: { _$: Host['component'] }) {
        const host = new Host(this._$);
        made.set(this, host);
        reflectCommon(host);
        builtin.create?.(host);
      },
      attached(this: object) {
        made.get(this)?.attach();
      },
      detached(this: object) {
        made.get(this)?.detach();
      },
    },
  };
  codeSpace.componentEnv(path, (env) => {
    env.Component(definition as never);
  });
}

function holdFocus(host: Host): void {
  if (host.text('ariaModal') === 'true') watchModal(host);
  else forgetModal(host.element);
}

function reflectCommon(host: Host): void {
  host.watch(['hidden'], () => {
    host.element.toggleAttribute('hidden', host.on('hidden'));
  });
  for (const property of ARIA_PROPERTIES) {
    const name = property === 'ariaRole' ? 'role' : `aria-${property.slice(4).toLowerCase()}`;
    // Observers run for many elements: only what the template sets costs anything.
    let set = false;
    host.watch([property], () => {
      const value = host.get(property);
      if (value === null || value === undefined || value === '') {
        if (set) host.element.removeAttribute(name);
        set = false;
      } else {
        host.element.setAttribute(name, host.text(property));
        set = true;
        if (property === 'ariaModal') holdFocus(host);
      }
    });
  }
}
