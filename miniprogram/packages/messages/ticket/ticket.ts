import type { Ticket } from '../../../../contracts/feedback';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { MAX_READER_ENTRIES } from '../../../services/feedback-limits';
import { forgetDraft } from '../../../services/kept-drafts';
import { goBack, openMessages, queryText, replaceWithMessages } from '../../../services/navigate';
import { confirm, endPullDown, toast } from '../../../services/phone';
import { showPictures } from '../../../services/pictures-to-send';
import { language } from '../../../services/settings';
import { texts } from '../../../services/ui';
import { messagesUi, refreshMessagesUi } from '../messages-ui';
import { messagesWords } from '../words/index';
import { entryLines, type EntryLine } from './entry-lines';

type State = 'loading' | 'ready' | 'error' | 'gone';
type Shown = { ticket: Ticket; links: Record<string, string> };

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...messagesUi('ticket'),
    state: 'loading' as State,
    fault: NO_FAULT,
    status: '',
    tone: 'open' as Ticket['state'],
    lines: [] as EntryLine[],
    canClose: false,
    isFull: false,
    /** Which of the moments a reminder is offered at; none once it is closed */
    moment: '',
    working: false,
    _id: '',
    _shown: null as Shown | null,
  },

  methods: {
    onLoad(query: { id?: string }) {
      this.data._id = queryText(query.id);
    },

    onShow() {
      if (refreshMessagesUi(this, 'ticket')) this.show();
      // links to pictures are good for some minutes only, and more may have been written above
      void this.load();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      try {
        this.begin(await call('feedback.show', { id: this.data._id }));
      } catch (error) {
        const { code } = asFault(error);
        // a link that was cut off on its way names none either
        if (code === 'NOT_FOUND' || code === 'BAD_REQUEST')
          this.setData({ state: 'gone', fault: faultNotice(error) });
        else if (this.data._shown === null) this.setData({ state: 'error', fault: faultNotice(error) });
        else toast(faultNotice(error).title);
      }
    },

    begin(shown: Shown) {
      this.data._shown = shown;
      this.show();
    },

    show() {
      const shown = this.data._shown;
      if (shown === null) return;
      const words = messagesWords(language());
      const { state, entries } = shown.ticket;
      this.setData({
        state: 'ready',
        status: words.tickets.states[state],
        tone: state,
        lines: entryLines(shown.ticket, shown.links, words, language()),
        canClose: state !== 'closed',
        isFull: entries.length >= MAX_READER_ENTRIES,
        moment: state === 'open' ? 'feedbackSent' : '',
      });
    },

    onPicture(event: WechatMiniprogram.BaseEvent<object, { url: string }>) {
      const { url } = event.currentTarget.dataset;
      const urls = this.data.lines.flatMap(({ pictures }) => pictures.map((picture) => picture.url));
      if (url !== '')
        showPictures(
          urls.filter((one) => one !== ''),
          url,
        );
    },

    onMore() {
      openMessages('write', { ticket: this.data._id });
    },

    onWriteNew() {
      replaceWithMessages('write');
    },

    async onClose() {
      const { ticket: t } = messagesWords(language());
      if (!(await confirm({ text: t.closeAsk, yes: t.closeYes, no: texts().common.cancel }))) return;
      await this.work(async () => {
        this.begin(await call('feedback.close', { id: this.data._id }));
        toast(t.closed);
      });
    },

    async onRemove() {
      const { ticket: t } = messagesWords(language());
      if (!(await confirm({ text: t.removeAsk, yes: t.removeYes, no: texts().common.cancel }))) return;
      await this.work(async () => {
        await call('feedback.remove', { id: this.data._id });
        forgetDraft(this.data._id);
        toast(t.removed);
        goBack();
      });
    },

    /** One thing at a time; what fails says so and leaves the page as it is. */
    async work(task: () => Promise<void>) {
      if (this.data.working) return;
      this.setData({ working: true });
      try {
        await task();
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setData({ working: false });
      }
    },

    onNotice() {
      if (this.data.state === 'gone') {
        replaceWithMessages('tickets');
        return;
      }
      this.setData({ state: 'loading' });
      void this.load();
    },
  },
});
