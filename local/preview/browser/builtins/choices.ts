import type { Builtin } from './define';
import { hostOf, type Host } from './host';

/** A box that is pressed by tap, label or keyboard. */
function choice(host: Host, role: string, press: () => void): void {
  host.element.tabIndex = 0;
  host.watch(['ariaRole'], () => {
    if (!host.get('ariaRole')) host.element.setAttribute('role', role);
  });
  host.watch(['checked'], () => {
    host.element.setAttribute('aria-checked', String(host.on('checked')));
  });
  host.watch(['disabled'], () => {
    host.element.setAttribute('aria-disabled', String(host.on('disabled')));
  });
  host.watch(['color'], () => {
    if (host.text('color')) host.element.style.setProperty('--choice', host.text('color'));
  });
  const run = (): void => {
    if (!host.on('disabled')) press();
  };
  host.onTap(run);
  host.activate = run;
}

const PROPERTIES = { value: String, checked: Boolean, disabled: Boolean, color: String };
const LOOK = ['backgroundColor', 'borderColor', 'activeBackgroundColor', 'activeBorderColor', 'iconColor'];

const within = (host: Host, selector: string): Host[] =>
  [...host.element.querySelectorAll(selector)].flatMap((element) => hostOf(element) ?? []);

const groupOf = (host: Host, selector: string): Host | undefined => {
  const group = host.element.closest(selector);
  return group ? hostOf(group) : undefined;
};

export const checkbox: Builtin = {
  properties: PROPERTIES,
  withoutEffect: LOOK,
  create(host) {
    choice(host, 'checkbox', () => {
      host.set('checked', !host.on('checked'));
      const group = groupOf(host, 'wx-checkbox-group');
      if (group) group.emit('change', { value: checkedValues(group) }, { bubbles: true });
    });
  },
};

const checkedValues = (group: Host): string[] =>
  within(group, 'wx-checkbox')
    .filter((box) => box.on('checked'))
    .map((box) => box.text('value'));

export const checkboxGroup: Builtin = {
  properties: { name: String },
  create(host) {
    host.field = {
      value: () => checkedValues(host),
      reset: () => {
        for (const box of within(host, 'wx-checkbox')) box.set('checked', false);
      },
    };
  },
};

export const radio: Builtin = {
  properties: PROPERTIES,
  withoutEffect: LOOK,
  create(host) {
    choice(host, 'radio', () => {
      if (host.on('checked')) return;
      const group = groupOf(host, 'wx-radio-group');
      for (const other of group ? within(group, 'wx-radio') : [])
        if (other !== host) other.set('checked', false);
      host.set('checked', true);
      group?.emit('change', { value: host.text('value') }, { bubbles: true });
    });
  },
};

export const radioGroup: Builtin = {
  properties: { name: String },
  create(host) {
    host.element.setAttribute('role', 'radiogroup');
    host.field = {
      value: () =>
        within(host, 'wx-radio')
          .find((box) => box.on('checked'))
          ?.text('value') ?? '',
      reset: () => {
        for (const box of within(host, 'wx-radio')) box.set('checked', false);
      },
    };
  },
};

export const switchBox: Builtin = {
  properties: {
    checked: Boolean,
    disabled: Boolean,
    type: { type: String, value: 'switch' },
    color: String,
    name: String,
  },
  create(host) {
    choice(host, 'switch', () => {
      host.set('checked', !host.on('checked'));
      host.emit('change', { value: host.on('checked') }, { bubbles: true });
    });
    host.watch(['type'], () => {
      host.element.dataset['type'] = host.text('type');
    });
    host.field = {
      value: () => host.on('checked'),
      reset: () => {
        host.set('checked', false);
      },
    };
  },
};
