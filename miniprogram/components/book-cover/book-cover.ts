/** A drawn thread-bound book in the colour of its class: cloth, four stitches, a slip with the title. */
Component({
  properties: {
    title: String,
    /** Colour key from lib/clc.ts, "a" … "z" or "none" */
    clc: { type: String, value: 'none' },
    /** "row" in lists, "large" on the page of the book */
    size: { type: String, value: 'row' },
  },
});
