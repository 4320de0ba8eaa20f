import { texts } from '../../../services/ui';
import { NO_FILTERS, toggle, type FilterOption, type FilterOptions, type Filters } from '../filters';

interface Chip extends FilterOption {
  on: boolean;
}

/** The filters of a search, chosen on a sheet and put in force together. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    filters: { type: Object, value: NO_FILTERS },
    options: { type: Object, value: { branches: [], languages: [], years: [] } as FilterOptions },
    /** Texts of the search page */
    t: { type: Object, value: texts().search },
    /** The search can be narrowed to what is in now */
    availableOffered: Boolean,
    textSize: String,
  },

  data: {
    draft: NO_FILTERS,
    branches: [] as Chip[],
    languages: [] as Chip[],
    years: [] as Chip[],
  },

  observers: {
    'visible, options'(visible: boolean) {
      if (visible) this.show(this.data.filters as Filters);
    },
  },

  methods: {
    show(draft: Filters) {
      const { branches, languages, years } = this.data.options as FilterOptions;
      this.setData({
        draft,
        branches: branches.map((option) => ({ ...option, on: draft.branches.includes(option.code) })),
        languages: languages.map((option) => ({ ...option, on: draft.languages.includes(option.code) })),
        years: years.map((option) => ({ ...option, on: draft.decade === Number(option.code) })),
      });
    },

    onAvailable() {
      const { draft } = this.data;
      this.show({ ...draft, availableNow: !draft.availableNow });
    },

    onChip(
      event: WechatMiniprogram.BaseEvent<object, { kind: 'branches' | 'languages' | 'years'; code: string }>,
    ) {
      const { kind, code } = event.currentTarget.dataset;
      const { draft } = this.data;
      if (kind === 'years')
        this.show({ ...draft, decade: draft.decade === Number(code) ? null : Number(code) });
      else this.show({ ...draft, [kind]: toggle(draft[kind], code) });
    },

    onReset() {
      this.show(NO_FILTERS);
    },

    onClose() {
      this.triggerEvent('close');
    },

    onApply() {
      this.triggerEvent('apply', this.data.draft);
    },
  },
});
