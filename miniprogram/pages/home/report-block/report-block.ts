import { openReport } from '../../../services/navigate';
import { readReportStanding } from '../../../services/report-standing';
import { texts } from '../../../services/ui';
import { reportNews } from './report-news';

/** Tells of a report that is new, until it was opened. Needs a bound card. */
Component({
  data: { title: '', text: '', _season: '' },
  options: { pureDataPattern: /^_/ },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  pageLifetimes: {
    show() {
      void this.load();
    },
  },
  methods: {
    async load() {
      try {
        const { season, ...words } = reportNews(await readReportStanding(), texts());
        this.data._season = season;
        this.setData(words);
      } catch {
        // News only: the page of the report says what does not work.
        return;
      }
    },
    onTap() {
      if (this.data._season === '') openReport('overview');
      else openReport('story', { season: this.data._season });
    },
  },
});
