import type { ReaderOutput } from '../../../../contracts/index';
import { fill } from '../../../i18n/index';
import { call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { MAX_QUESTION_TEXT } from '../../../services/feedback-limits';
import { keepDraft, keptDraft } from '../../../services/kept-drafts';
import {
  openMessages,
  openPath,
  openSearchFor,
  queryText,
  replaceWithMessages,
} from '../../../services/navigate';
import { scrollToTop } from '../../../services/phone';
import { language } from '../../../services/settings';
import { texts } from '../../../services/ui';
import { messagesUi, refreshMessagesUi } from '../messages-ui';
import { messagesWords } from '../words/index';
import { askView, entryView, NOTHING_ASKED, type AskView } from './ask-view';

type Topic = ReaderOutput<'ask.topics'>['topics'][number];

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...messagesUi('ask'),
    text: '',
    view: NOTHING_ASKED,
    searchWords: '',
    tooLongWords: fill(messagesUi('ask').t.tooLong, { n: MAX_QUESTION_TEXT }),
    fault: NO_FAULT,
    topicsState: 'loading' as 'loading' | 'ready' | 'error',
    topicsFault: NO_FAULT,
    topics: [] as Topic[],
    /** Whether the library answers in WeChat's customer-service chat too */
    chat: false,
    /** The topic that is unfolded */
    topic: '',
    /** Grows with every question, so that a late answer to an earlier one is not shown */
    _round: 0,
    /** Asks once more what could not be asked */
    _again: null as (() => Promise<AskView>) | null,
  },

  methods: {
    /** `ticket`: opened from a message about an answer. */
    onLoad(query: { ticket?: string; q?: string }) {
      const ticket = queryText(query.ticket);
      if (ticket !== '') {
        replaceWithMessages('ticket', { id: ticket });
        return;
      }
      void this.loadTopics();
      const text = queryText(query.q);
      if (text === '') return;
      this.setData({ text });
      void this.ask();
    },

    onShow() {
      if (!refreshMessagesUi(this, 'ask')) return;
      this.setData({
        view: NOTHING_ASKED,
        tooLongWords: fill(messagesWords(language()).ask.tooLong, { n: MAX_QUESTION_TEXT }),
      });
      void this.loadTopics();
    },

    async loadTopics() {
      try {
        const { topics, chat } = await call('ask.topics', { language: language() });
        this.setData({ topics, chat, topicsState: 'ready' });
      } catch (error) {
        this.setData({ topicsState: 'error', topicsFault: faultNotice(error) });
      }
    },

    onRetryTopics() {
      this.setData({ topicsState: 'loading' });
      void this.loadTopics();
    },

    onInput(event: WechatMiniprogram.Input) {
      this.setData({ text: event.detail.value });
    },

    onClear() {
      this.data._round += 1;
      this.setData({ text: '', view: NOTHING_ASKED });
    },

    onSubmit() {
      void this.ask();
    },

    async ask() {
      const text = this.data.text.trim();
      if (text === '') return;
      // what is too long is not read in part
      if ([...text].length > MAX_QUESTION_TEXT) {
        this.data._round += 1;
        this.setData({ view: { ...NOTHING_ASKED, state: 'tooLong' } });
        return;
      }
      const lang = language();
      await this.find(async () => {
        return askView(await call('ask.question', { text, language: lang }), messagesWords(lang), texts());
      });
    },

    onQuestion(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
      const { id } = event.currentTarget.dataset;
      const lang = language();
      void this.find(async () => {
        return entryView(await call('ask.entry', { id, language: lang }), messagesWords(lang), texts());
      });
    },

    async find(ask: () => Promise<AskView>) {
      this.data._round += 1;
      const round = this.data._round;
      this.data._again = ask;
      this.setData({ view: { ...NOTHING_ASKED, state: 'asking' } });
      scrollToTop();
      try {
        const view = await ask();
        if (round === this.data._round) this.show(view);
      } catch (error) {
        if (round !== this.data._round) return;
        this.setData({ view: { ...NOTHING_ASKED, state: 'error' }, fault: faultNotice(error) });
      }
    },

    show(view: AskView) {
      const { searchButton } = messagesWords(language()).ask;
      this.setData({ view, searchWords: fill(searchButton, { text: view.searchText }) });
    },

    onAgain() {
      if (this.data._again !== null) void this.find(this.data._again);
    },

    onPage() {
      openPath(this.data.view.page);
    },

    onSearch() {
      openSearchFor(this.data.view.searchText);
    },

    onTopic(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
      const { id } = event.currentTarget.dataset;
      this.setData({ topic: this.data.topic === id ? '' : id });
    },

    /** What was asked is what will be written, unless something was begun already. */
    onLibrarian() {
      const begun = keptDraft('');
      const text = this.data.text.trim();
      if (text !== '' && (begun === undefined || begun.text.trim() === ''))
        keepDraft('', { kind: 'question', text, pictures: begun?.pictures ?? [] });
      openMessages('write');
    },

    onWrite() {
      openMessages('write');
    },

    onMine() {
      openMessages('tickets');
    },
  },
});
