/** What a page says instead of its content: nothing here yet and what to do, or what failed and how to go on. */
Component({
  properties: {
    /** Name of a drawn icon, or nothing */
    icon: String,
    heading: String,
    hint: String,
    /** Words of the button; without them there is none */
    action: String,
    /** Small print, e.g. the number of a request */
    note: String,
    /** Within a page that has other content: less air */
    compact: Boolean,
  },
  methods: {
    onAction() {
      this.triggerEvent('action');
    },
  },
});
