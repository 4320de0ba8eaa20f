import type { Builtin } from './define';

export const slider: Builtin = {
  properties: {
    min: { type: Number, value: 0 },
    max: { type: Number, value: 100 },
    step: { type: Number, value: 1 },
    value: { type: Number, value: 0 },
    disabled: Boolean,
    showValue: Boolean,
    activeColor: String,
    backgroundColor: String,
    blockSize: { type: Number, value: 28 },
    blockColor: String,
    color: String,
    selectedColor: String,
    name: String,
  },
  create(host) {
    const range = document.createElement('input');
    range.type = 'range';
    const shown = document.createElement('output');
    host.element.append(range, shown);
    host.watch(['min', 'max', 'step', 'value', 'disabled', 'showValue', 'ariaLabel'], () => {
      range.min = String(host.number('min'));
      range.max = String(host.number('max'));
      range.step = String(host.number('step'));
      range.value = String(host.number('value'));
      range.disabled = host.on('disabled');
      range.setAttribute('aria-label', host.text('ariaLabel'));
      shown.textContent = host.on('showValue') ? range.value : '';
    });
    host.watch(['activeColor', 'selectedColor'], () => {
      const color = host.text('activeColor') || host.text('selectedColor');
      if (color) range.style.accentColor = color;
    });
    range.addEventListener('input', (event) => {
      event.stopPropagation();
      host.set('value', range.valueAsNumber);
      host.emit('changing', { value: range.valueAsNumber });
    });
    range.addEventListener('change', (event) => {
      event.stopPropagation();
      host.emit('change', { value: range.valueAsNumber }, { bubbles: true });
    });
    host.field = {
      value: () => range.valueAsNumber,
      reset: () => {
        host.set('value', host.number('min'));
      },
    };
    host.activate = () => {
      range.focus();
    };
  },
};
