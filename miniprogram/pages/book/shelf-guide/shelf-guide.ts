import { texts } from '../../../services/ui';
import type { GuidePlace, GuideStep } from '../guide-steps';

/** How to read the call number, and where the copies stand. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    callNumber: String,
    steps: { type: Array, value: [] as GuideStep[] },
    places: { type: Array, value: [] as GuidePlace[] },
    /** Known to have no copy on the shelf */
    nowhere: Boolean,
    /** Section `guide` of the texts */
    t: { type: Object, value: texts().guide },
    closeWord: String,
    textSize: String,
  },
  methods: {
    onClose() {
      this.triggerEvent('close');
    },
  },
});
