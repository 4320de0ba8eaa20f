import type { Program, ThemeName } from './program';
import { readSettings } from './settings';

/** Light or dark, by the switch in the frame, else by the browser's preference; only for programs with `darkmode`. */
export class Theme {
  private readonly listeners = new Set<(name: ThemeName) => void>();
  private readonly preference = matchMedia('(prefers-color-scheme: dark)');
  current: ThemeName;

  constructor(private readonly program: Program) {
    this.current = this.wanted();
    this.apply();
    this.preference.addEventListener('change', () => {
      this.refresh();
    });
  }

  private wanted(): ThemeName {
    if (!this.program.app.darkmode) return 'light';
    const setting = readSettings().theme;
    if (setting !== 'system') return setting;
    return this.preference.matches ? 'dark' : 'light';
  }

  private apply(): void {
    document.documentElement.dataset['theme'] = this.current;
  }

  /** Looks again at the switch; tells the listeners when the theme is another one. */
  refresh(): void {
    const wanted = this.wanted();
    if (wanted === this.current) return;
    this.current = wanted;
    this.apply();
    for (const listener of this.listeners) listener(wanted);
  }

  onChange(listener: (name: ThemeName) => void): void {
    this.listeners.add(listener);
  }
  offChange(listener: (name: ThemeName) => void): void {
    this.listeners.delete(listener);
  }

  /** A configured value with its `@variable` of theme.json filled in. */
  resolve(value: string): string;
  resolve(value: string | undefined): string | undefined;
  resolve(value: string | undefined): string | undefined {
    if (!value?.startsWith('@')) return value;
    return this.program.theme[this.current][value.slice(1)];
  }
}
