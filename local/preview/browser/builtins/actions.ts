import { NotInPreview } from '../errors';
import { phone } from '../phone';
import type { Builtin } from './define';
import { hostOf, type Host } from './host';

const FORM_CONTROLS = 'wx-input,wx-textarea,wx-checkbox,wx-radio,wx-switch,wx-slider,wx-picker,wx-button';

export const button: Builtin = {
  properties: {
    size: { type: String, value: 'default' },
    type: { type: String, value: 'default' },
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    formType: String,
    openType: String,
    hoverClass: { type: String, value: 'button-hover' },
    hoverStartTime: { type: Number, value: 20 },
    hoverStayTime: { type: Number, value: 70 },
  },
  withoutEffect: [
    'lang',
    'sessionFrom',
    'sendMessageTitle',
    'sendMessagePath',
    'sendMessageImg',
    'showMessageCard',
    'appParameter',
  ],
  create(host) {
    const { element } = host;
    element.tabIndex = 0;
    host.watch(['type', 'size', 'plain', 'loading'], () => {
      element.dataset['type'] = host.text('type');
      element.dataset['size'] = host.text('size');
      element.toggleAttribute('data-plain', host.on('plain'));
      element.toggleAttribute('data-loading', host.on('loading'));
    });
    host.watch(['disabled'], () => {
      element.setAttribute('aria-disabled', String(host.on('disabled')));
      element.tabIndex = host.on('disabled') ? -1 : 0;
    });
    host.watch(['ariaRole'], () => {
      if (!host.get('ariaRole')) element.setAttribute('role', 'button');
    });
    host.onTap(() => {
      if (host.on('disabled')) return;
      const formType = host.text('formType');
      const form = element.closest('wx-form');
      if (form && (formType === 'submit' || formType === 'reset')) {
        form.dispatchEvent(new CustomEvent(`preview-${formType}`, { detail: host }));
      }
      openTypes(host);
    });
  },
};

function openTypes(host: Host): void {
  const openType = host.text('openType');
  switch (openType) {
    case '':
      return;
    case 'share':
      phone().share('button', { id: host.component.id, dataset: host.component.dataset });
      return;
    case 'agreePrivacyAuthorization':
      phone().agreeToPrivacy(host.component.id);
      host.emit('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
      return;
    case 'contact':
      phone().openChat();
      return;
    case 'openSetting':
      host.emit('opensetting', { authSetting: {}, errMsg: 'openSetting:ok' });
      return;
    default:
      throw new NotInPreview(`<button open-type="${openType}">`);
  }
}

export const label: Builtin = {
  properties: { for: String },
  create(host) {
    host.component.addListener('tap', (event) => {
      const target = hostOf(
        (event.target as unknown as { _$: Host['component'] })._$.getBackendElement() as unknown as Node,
      );
      // A tap on the control itself has done its work already.
      if (target?.element.closest(FORM_CONTROLS)) return;
      const id = host.text('for');
      const root = host.component.ownerShadowRoot;
      const named = id ? root?.querySelector(`#${id}`)?.getBackendElement() : undefined;
      const control = (named as unknown as Element | undefined) ?? host.element.querySelector(FORM_CONTROLS);
      if (control) hostOf(control)?.activate?.();
    });
    // A label is not a stop of its own for the keyboard: its control is.
    host.element.removeAttribute('tabindex');
    delete host.element.dataset['tap'];
  },
};

export const navigator: Builtin = {
  properties: {
    url: String,
    openType: { type: String, value: 'navigate' },
    delta: { type: Number, value: 1 },
    target: { type: String, value: 'self' },
    hoverClass: { type: String, value: 'navigator-hover' },
  },
  create(host) {
    host.watch(['ariaRole'], () => {
      if (!host.get('ariaRole')) host.element.setAttribute('role', 'link');
    });
    host.onTap(() => {
      if (host.text('target') !== 'self') throw new NotInPreview('<navigator target="miniProgram">');
      const router = phone().router;
      const url = host.text('url');
      const run = (): void => {
        switch (host.text('openType')) {
          case 'navigate':
            return void router.navigateTo({ url });
          case 'redirect':
            return void router.redirectTo({ url });
          case 'switchTab':
            return void router.switchTab({ url });
          case 'reLaunch':
            return void router.reLaunch({ url });
          case 'navigateBack':
            return void router.navigateBack({ delta: host.number('delta') });
          default:
            throw new NotInPreview(`<navigator open-type="${host.text('openType')}">`);
        }
      };
      try {
        run();
        host.emit('success', { errMsg: 'navigator:ok' });
      } catch (error) {
        host.emit('fail', { errMsg: error instanceof Error ? error.message : String(error) });
        throw error;
      }
    });
  },
};
