/** How large the figure of a card is written, so that it stays on one line or at most a few. */
export type FigureSize = 'digits' | 'number' | 'words' | 'phrase' | 'sentence';

/** A Chinese character is as wide as two letters. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
}

export function figureSize(figure: string, isWords: boolean): FigureSize {
  const width = widthOf(figure);
  if (!isWords) return width <= 4 ? 'digits' : 'number';
  return width <= 12 ? 'words' : width <= 24 ? 'phrase' : 'sentence';
}
