import { el } from '../dom';
import { text } from '../settings';
import { button, openDialog } from './dialog';

export interface ModalOptions {
  title?: string;
  content?: string;
  showCancel?: boolean;
  cancelText?: string;
  cancelColor?: string;
  confirmText?: string;
  confirmColor?: string;
  editable?: boolean;
  placeholderText?: string;
}

export type ModalAnswer = { confirm: boolean; cancel: boolean; content?: string };

export function askModal(options: ModalOptions): Promise<ModalAnswer> {
  const no: ModalAnswer = { confirm: false, cancel: true };
  return openDialog<ModalAnswer>({
    label: options.title ?? options.content ?? '',
    kind: 'box',
    ...(options.showCancel === false ? {} : { dismissed: { value: no } }),
    content: (close) => {
      const field = el('input', {
        class: 'pv-field',
        placeholder: options.placeholderText,
        value: options.content,
        'aria-label': options.placeholderText ?? options.title,
      });
      const confirm = button(options.confirmText ?? text('确定', 'OK'), 'main', () => {
        close({ confirm: true, cancel: false, ...(options.editable ? { content: field.value } : {}) });
      });
      if (!options.editable) confirm.setAttribute('autofocus', '');
      if (options.confirmColor) confirm.style.color = options.confirmColor;
      const cancel = button(options.cancelText ?? text('取消', 'Cancel'), 'plain', () => {
        close(no);
      });
      if (options.cancelColor) cancel.style.color = options.cancelColor;
      return [
        ...(options.title ? [el('h2', {}, options.title)] : []),
        options.editable ? field : el('p', {}, options.content ?? ''),
        el('div', { class: 'pv-actions' }, ...(options.showCancel === false ? [] : [cancel]), confirm),
      ];
    },
  });
}

/** The chosen row, or undefined. */
export function askAction(items: string[], title?: string, color?: string): Promise<number | undefined> {
  return openDialog<number | undefined>({
    label: title ?? text('请选择', 'Choose'),
    kind: 'sheet',
    dismissed: { value: undefined },
    content: (close) => [
      ...(title ? [el('p', { class: 'pv-hint' }, title)] : []),
      ...items.map((item, index) => {
        const row = el(
          'button',
          {
            type: 'button',
            class: 'pv-row',
            onclick: () => {
              close(index);
            },
          },
          item,
        );
        if (color) row.style.color = color;
        return row;
      }),
      el(
        'button',
        {
          type: 'button',
          class: 'pv-row pv-cancel',
          onclick: () => {
            close(undefined);
          },
        },
        text('取消', 'Cancel'),
      ),
    ],
  });
}

/** WeChat's consent to the privacy guidelines, where the page does not bring its own. */
export function askPrivacyConsent(): Promise<boolean> {
  const title = text('用户隐私保护提示', 'Privacy notice');
  return openDialog<boolean>({
    label: title,
    kind: 'sheet',
    dismissed: { value: false },
    content: (close) => [
      el('h2', {}, title),
      el(
        'p',
        {},
        text(
          '使用此功能前，请阅读并同意小程序的隐私保护指引。不同意不影响使用其他功能。',
          'Before this feature is used, please read and accept the privacy guidelines. Everything else works without.',
        ),
      ),
      el(
        'div',
        { class: 'pv-actions' },
        button(text('拒绝', 'Decline'), 'plain', () => {
          close(false);
        }),
        button(text('同意', 'Accept'), 'main', () => {
          close(true);
        }),
      ),
    ],
  });
}

/** A page of plain text, as the privacy guidelines. */
export function showText(title: string, body: string): Promise<void> {
  return openDialog<void>({
    label: title,
    kind: 'sheet',
    dismissed: { value: undefined },
    content: (close) => [
      el('h2', {}, title),
      el('p', {}, body),
      el(
        'div',
        { class: 'pv-actions' },
        button(text('关闭', 'Close'), 'main', () => {
          close();
        }),
      ),
    ],
  });
}
