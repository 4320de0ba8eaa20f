/** A drawn icon, as large as the text around it and of its colour; the words beside it say what it means. */
Component({
  options: { virtualHost: true },
  properties: { name: String },
});
