import type { Ticket } from '../../../../contracts/feedback';
import type { ReaderOutput } from '../../../../contracts/index';
import { fill } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openMessages } from '../../../services/navigate';
import { endPullDown, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { durationWords } from '../duration-words';
import { messagesUi, refreshMessagesUi } from '../messages-ui';
import { messagesWords } from '../words/index';
import { ticketLine, type TicketLine } from './ticket-line';

type State = 'loading' | 'ready' | 'error';
type Listed = ReaderOutput<'feedback.list'>;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...messagesUi('tickets'),
    state: 'loading' as State,
    fault: NO_FAULT,
    lines: [] as TicketLine[],
    usualWords: '',
    staleWords: '',
    reading: false,
    moreFailed: false,
    atEnd: false,
    _tickets: [] as Ticket[],
    _next: undefined as string | undefined,
    _usual: undefined as number | undefined,
    _readAt: 0,
    /** Grows with every fresh start, so that a late page of an older list is not added */
    _round: 0,
  },

  methods: {
    onShow() {
      if (refreshMessagesUi(this, 'tickets')) this.show();
      // a ticket that lay above may have been answered, closed or removed there
      void this.load();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      this.data._round += 1;
      const round = this.data._round;
      try {
        const answer = await call('feedback.list', {});
        if (round === this.data._round) this.begin(answer);
      } catch (error) {
        if (round === this.data._round) this.showFailure(error);
      }
    },

    begin({ tickets, next, usualMinutes }: Listed) {
      this.data._tickets = tickets;
      this.data._next = next;
      this.data._usual = usualMinutes;
      this.data._readAt = Date.now();
      this.setData({ staleWords: '', moreFailed: false });
      this.show();
    },

    showFailure(error: unknown) {
      if (this.data.state !== 'ready') {
        this.setData({ state: 'error', fault: faultNotice(error) });
        return;
      }
      const { stale } = messagesWords(language()).tickets;
      this.setData({ staleWords: fill(stale, { time: momentText(this.data._readAt, language()) }) });
      toast(faultNotice(error).title);
    },

    show() {
      if (this.data._readAt === 0) return;
      const words = messagesWords(language());
      const usual = this.data._usual;
      this.setData({
        state: 'ready',
        lines: this.data._tickets.map((ticket) => ticketLine(ticket, words, language())),
        usualWords:
          usual === undefined ? '' : fill(words.tickets.usual, { time: durationWords(usual, words) }),
        atEnd: this.data._next === undefined,
      });
    },

    onReachBottom() {
      void this.more();
    },

    onMore() {
      void this.more();
    },

    async more() {
      const { _next: before, _round: round, reading, state } = this.data;
      if (before === undefined || reading || state !== 'ready') return;
      this.setData({ reading: true, moreFailed: false });
      try {
        const { tickets, next } = await call('feedback.list', { before });
        if (round !== this.data._round) return;
        this.data._tickets = [...this.data._tickets, ...tickets];
        this.data._next = next;
        this.show();
      } catch {
        this.setData({ moreFailed: true });
      } finally {
        this.setData({ reading: false });
      }
    },

    onOpen(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
      openMessages('ticket', { id: event.currentTarget.dataset.id });
    },

    onWrite() {
      openMessages('write');
    },

    onNotice() {
      if (this.data.state === 'ready') openMessages('write');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
