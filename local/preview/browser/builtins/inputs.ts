import { NotInPreview } from '../errors';
import type { Builtin, Properties } from './define';
import type { Host } from './host';

const PROPERTIES: Properties = {
  value: String,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  disabled: Boolean,
  maxlength: { type: Number, value: 140 },
  focus: Boolean,
  autoFocus: Boolean,
  name: String,
  cursor: { type: Number, value: -1 },
  selectionStart: { type: Number, value: -1 },
  selectionEnd: { type: Number, value: -1 },
  confirmHold: Boolean,
  confirmType: { type: String, value: 'done' },
};
const PHONE_ONLY = [
  'cursorSpacing',
  'adjustPosition',
  'holdKeyboard',
  'alwaysEmbed',
  'cursorColor',
  'enableNative',
  'disableDefaultPadding',
  'showConfirmBar',
  'fixed',
  'adjustKeyboardTo',
];

type Control = HTMLInputElement | HTMLTextAreaElement;

export const input: Builtin = {
  properties: { ...PROPERTIES, type: { type: String, value: 'text' }, password: Boolean },
  withoutEffect: PHONE_ONLY,
  create(host) {
    const control = document.createElement('input');
    control.autocomplete = 'off';
    host.watch(['type', 'password'], () => {
      const type = host.text('type');
      const mode = { text: 'text', number: 'numeric', digit: 'decimal', idcard: 'text', nickname: 'text' }[
        type
      ];
      if (type !== 'safe-password' && mode === undefined) throw new NotInPreview(`<input type="${type}">`);
      control.inputMode = mode ?? 'text';
      control.type = host.on('password') || type === 'safe-password' ? 'password' : 'text';
    });
    host.watch(['confirmType'], () => {
      control.enterKeyHint = host.text('confirmType');
    });
    control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      host.emit('confirm', { value: control.value });
      if (!host.on('confirmHold')) control.blur();
    });
    setUp(host, control);
  },
};

export const textarea: Builtin = {
  properties: { ...PROPERTIES, autoHeight: Boolean, confirmType: { type: String, value: 'return' } },
  withoutEffect: PHONE_ONLY,
  create(host) {
    const control = document.createElement('textarea');
    setUp(host, control);
    host.watch(['autoHeight'], () => {
      host.element.toggleAttribute('data-auto', host.on('autoHeight'));
    });
    const fit = (): void => {
      if (!host.on('autoHeight')) return;
      control.style.height = 'auto';
      control.style.height = `${control.scrollHeight}px`;
    };
    host.watch(['value', 'autoHeight'], fit);
    control.addEventListener('input', () => {
      fit();
      host.emit('linechange', {
        height: control.scrollHeight,
        heightRpx: control.scrollHeight,
        lineCount: control.value.split('\n').length,
      });
    });
    control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing || host.text('confirmType') === 'return') return;
      event.preventDefault();
      host.emit('confirm', { value: control.value });
    });
  },
};

function setUp(host: Host, control: Control): void {
  host.element.append(control);
  const initial = { value: '' };
  host.watch(['value'], () => {
    const value = host.text('value');
    initial.value ||= value;
    if (control.value !== value) control.value = value;
  });
  host.watch(['placeholder', 'disabled', 'maxlength', 'ariaLabel'], () => {
    control.placeholder = host.text('placeholder');
    control.disabled = host.on('disabled');
    if (host.number('maxlength') >= 0) control.maxLength = host.number('maxlength');
    else control.removeAttribute('maxlength');
    control.setAttribute('aria-label', host.text('ariaLabel') || host.text('placeholder'));
    // The label stands on the control; twice would be read twice.
    host.element.removeAttribute('aria-label');
  });
  host.watch(['placeholderStyle', 'placeholderClass'], () => {
    const color = /(?:^|;)\s*color\s*:\s*([^;]+)/.exec(host.text('placeholderStyle'))?.[1];
    if (color) host.element.style.setProperty('--placeholder', color);
    copyPlaceholderClass(host);
  });
  host.watch(['focus', 'autoFocus'], () => {
    if (host.on('focus') || host.on('autoFocus'))
      queueMicrotask(() => {
        control.focus();
      });
    else if (document.activeElement === control) control.blur();
  });
  host.watch(['cursor', 'selectionStart', 'selectionEnd'], () => {
    const start = host.number('selectionStart');
    const cursor = host.number('cursor');
    if (start >= 0 && host.get('selectionStart') !== undefined) {
      control.setSelectionRange(start, host.number('selectionEnd'));
    } else if (cursor >= 0) control.setSelectionRange(cursor, cursor);
  });
  let before = '';
  control.addEventListener('input', (event) => {
    event.stopPropagation();
    const { value } = control;
    host.set('value', value);
    const detail = { value, cursor: control.selectionStart ?? value.length, keyCode: keyCode(before, value) };
    before = value;
    host.emit('input', detail, {
      // What the handler of bindinput returns replaces what was typed.
      returned: (answer) => {
        const replaced =
          typeof answer === 'object' && answer !== null ? (answer as { value?: unknown }).value : answer;
        if (typeof replaced === 'string') host.set('value', replaced);
      },
    });
  });
  control.addEventListener('change', (event) => {
    event.stopPropagation();
  });
  control.addEventListener('focus', () => {
    host.emit('focus', { value: control.value, height: 0 });
  });
  control.addEventListener('blur', () => {
    host.component.setData({ focus: false });
    host.emit('blur', { value: control.value, cursor: control.selectionEnd ?? 0 });
  });
  host.field = {
    value: () => control.value,
    reset: () => {
      host.set('value', initial.value);
    },
  };
  host.activate = () => {
    control.focus();
  };
}

const keyCode = (before: string, now: string): number =>
  now.length < before.length ? 8 : (now.codePointAt(now.length - 1) ?? 0);

/** The class styles the placeholder only; its colour is read from a probe, since ::placeholder takes no class. */
function copyPlaceholderClass(host: Host): void {
  const name = host.text('placeholderClass');
  if (name === '') return;
  const probe = document.createElement('span');
  probe.className = name;
  host.element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  if (color !== getComputedStyle(host.element).color) host.element.style.setProperty('--placeholder', color);
}
