import { openOnboarding } from '../../../services/navigate';
import { knownStanding, readStanding } from '../../../services/onboarding-standing';
import { texts } from '../../../services/ui';
import { onboardingWords } from './onboarding-words';

/** Invites readers of whom the onboarding is asked, until they have passed. Needs a bound card. */
Component({
  data: { title: '', text: '' },
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
      const known = knownStanding();
      if (known !== undefined) this.setData(onboardingWords(known, texts()));
      try {
        this.setData(onboardingWords(await readStanding(), texts()));
      } catch {
        // An invitation only: the page of the onboarding says what does not work.
        return;
      }
    },
    onTap() {
      openOnboarding('overview');
    },
  },
});
