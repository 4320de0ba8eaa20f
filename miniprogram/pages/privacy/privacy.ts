import { confirm, openPrivacyGuidelines, toast } from '../../services/phone';
import { clearReadingList } from '../../services/reading-list';
import { clearScanHistory } from '../../services/scan-history';
import { clearSearchHistory } from '../../services/search-history';
import { refreshUi, ui } from '../../services/ui';

Component({
  data: { ...ui('privacy') },

  methods: {
    onShow() {
      refreshUi(this, 'privacy', 'privacy');
    },

    onContract() {
      openPrivacyGuidelines();
    },

    async onClear() {
      const { t, common } = this.data;
      if (!(await confirm({ text: t.clearAsk, yes: t.clearConfirm, no: common.cancel }))) return;
      clearReadingList();
      clearScanHistory();
      clearSearchHistory();
      toast(t.cleared);
    },
  },
});
