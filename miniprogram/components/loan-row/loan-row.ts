import { openBook } from '../../services/navigate';
import type { LoanLine } from './loan-line';

const NO_LINE: LoanLine = {
  loanId: '',
  bibId: '',
  title: '',
  author: '',
  clc: 'none',
  when: '',
  due: '',
  dueAt: '',
  tone: 'calm',
  head: '',
  headTone: 'calm',
  renewal: { title: '', hint: '', quote: '' },
  renewable: false,
  busy: false,
  result: null,
};

/** A borrowed book: when it is due, whether it can be renewed, and what became of renewing it. */
Component({
  properties: {
    line: { type: Object, value: NO_LINE },
    /** Texts of the section "shelf" */
    t: { type: Object, value: {} as Record<string, string> },
  },
  methods: {
    onOpen() {
      if (this.data.line.bibId !== '') openBook(this.data.line.bibId);
    },
    onRenew() {
      if (!this.data.line.busy) this.triggerEvent('renew', { loanId: this.data.line.loanId });
    },
    onCalendar() {
      this.triggerEvent('calendar', { loanId: this.data.line.loanId });
    },
  },
});
