/** A line of the home page that invites to something; without a title there is none. */
Component({
  properties: { icon: String, title: String, text: String },
  methods: {
    onTap() {
      this.triggerEvent('open');
    },
  },
});
