import { onEscape } from '../../services/phone';
import { texts } from '../../services/ui';

const stops = new WeakMap<object, () => void>();

/**
 * A sheet that comes up from below: a dialog for screen readers, which keep to it while it is there. A tap
 * beside it, its cross and Escape ask for it to be closed; whoever shows it does so.
 */
Component({
  properties: {
    visible: {
      type: Boolean,
      value: false,
      observer(visible: boolean) {
        this.listen(visible);
      },
    },
    /** What the dialog is called */
    label: String,
  },
  data: { closeWord: texts().common.close },
  lifetimes: {
    detached() {
      stops.get(this)?.();
    },
  },
  methods: {
    listen(visible: boolean) {
      stops.get(this)?.();
      stops.delete(this);
      if (!visible) return;
      this.setData({ closeWord: texts().common.close });
      stops.set(
        this,
        onEscape(() => this.onClose()),
      );
    },
    onClose() {
      this.triggerEvent('close');
    },
    onVisibleChange(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.onClose();
    },
  },
});
