import { call } from '../../services/api';
import { forgetReminders } from '../../services/ask-to-remind';
import { forgetPass } from '../../services/card-pass';
import { deskChanged } from '../../services/desk-changes';
import { faultNotice } from '../../services/fault-notice';
import { forgetAnswers } from '../../services/kept-answers';
import { forgetDrafts } from '../../services/kept-drafts';
import { forgetMessageSettings } from '../../services/message-settings';
import { forgetPaper } from '../../services/open-paper';
import { confirm, openPrivacyGuidelines, tell, toast } from '../../services/phone';
import { clearReadingList } from '../../services/reading-list';
import { forgetReport } from '../../services/report-standing';
import { clearScanHistory } from '../../services/scan-history';
import { clearSearchHistory } from '../../services/search-history';
import { language } from '../../services/settings';
import { refreshUi, texts, ui } from '../../services/ui';
import { forgetUnread } from '../../services/unread-messages';
import { removeUserFile, writeUserFile, type UserFile } from '../../services/user-file';
import { erasedWords, keptLines } from './erased-words';

Component({
  data: { ...ui('privacy'), working: false, file: null as UserFile | null, kept: [] as string[] },

  methods: {
    onShow() {
      refreshUi(this, 'privacy', 'privacy');
    },

    onUnload() {
      this.dropFile();
    },

    onContract() {
      openPrivacyGuidelines();
    },

    async onExport() {
      await this.work(async () => {
        const data = await call('privacy.export', {});
        const name = `shutong-${data.exportedAt.slice(0, 10)}.json`;
        this.setData({ file: writeUserFile(name, JSON.stringify(data, null, 2)) });
      });
    },

    async onEraseAll() {
      const { privacy: t, common } = texts();
      if (!(await confirm({ text: t.eraseAsk, yes: t.eraseYes, no: common.cancel }))) return;
      await this.work(async () => {
        const answer = await call('privacy.erase', { confirm: true });
        this.dropFile();
        clearPhone();
        forgetPass();
        forgetAnswers();
        forgetPaper();
        deskChanged();
        const kept = keptLines(answer, t, language());
        this.setData({ kept });
        await tell(erasedWords(answer, t, kept.length > 0), common.ok, t.erasedTitle);
      });
    },

    async onClear() {
      const { t, common } = this.data;
      if (!(await confirm({ text: t.clearAsk, yes: t.clearConfirm, no: common.cancel }))) return;
      clearPhone();
      toast(t.cleared);
    },

    dropFile() {
      if (this.data.file === null) return;
      removeUserFile(this.data.file);
      this.setData({ file: null });
    },

    async work(task: () => Promise<void>) {
      if (this.data.working) return;
      this.setData({ working: true });
      try {
        await task();
      } catch (error) {
        const { title, hint } = faultNotice(error);
        await tell(hint, texts().common.ok, title);
      } finally {
        this.setData({ working: false });
      }
    },
  },
});

function clearPhone(): void {
  clearReadingList();
  clearScanHistory();
  clearSearchHistory();
  forgetReport();
  forgetDrafts();
  forgetReminders();
  forgetMessageSettings();
  forgetUnread();
}
