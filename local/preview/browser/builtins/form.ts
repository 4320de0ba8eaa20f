import type { Builtin } from './define';
import { type Host, hostOf } from './host';
import { elementOf } from '../element-of';

const FIELDS = 'wx-input,wx-textarea,wx-checkbox-group,wx-radio-group,wx-switch,wx-slider,wx-picker';

export const form: Builtin = {
  properties: { reportSubmit: Boolean, reportSubmitTimeout: Number },
  create(host) {
    const target = (event: Event): object => {
      const from = (event as CustomEvent<Host>).detail.component;
      return { id: from.id, dataset: from.dataset };
    };
    host.element.addEventListener('preview-submit', (event) => {
      host.emit(
        'submit',
        { value: valuesOf(host.element), target: target(event), formId: '' },
        { bubbles: true },
      );
    });
    host.element.addEventListener('preview-reset', (event) => {
      for (const element of host.element.querySelectorAll(FIELDS)) hostOf(element)?.field?.reset();
      host.emit('reset', { target: target(event) }, { bubbles: true });
    });
  },
};

/** Values by name, of built-in fields and of components with the behavior wx://form-field. */
function valuesOf(form: Element): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const element of form.querySelectorAll('*')) {
    const host = hostOf(element);
    if (host) {
      if (host.field && host.text('name')) values[host.text('name')] = host.field.value();
      continue;
    }
    const own = (element as { __wxElement?: unknown }).__wxElement;
    const data = own ? (elementOf(element) as { data?: Record<string, unknown> }).data : undefined;
    if (data && typeof data['name'] === 'string' && data['name'] && 'value' in data)
      values[data['name']] = data['value'];
  }
  return values;
}
