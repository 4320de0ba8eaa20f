/** What happened, and what to do. */
export interface Notice {
  title: string;
  hint: string;
}
