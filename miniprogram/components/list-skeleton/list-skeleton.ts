/** The shape of a list that is still being read. */
Component({
  properties: {
    rows: { type: Array, value: [1, 2, 3, 4, 5] },
    /** What a screen reader says meanwhile */
    label: String,
  },
});
