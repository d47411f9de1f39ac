import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The palette is a promise: text can be read by tired eyes, and nothing on the screen is an alarm. */

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
type Rgb = readonly [number, number, number];

const tokens = new Map<string, Readonly<Record<Theme, string>>>(
  Array.from(css.matchAll(/--([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g), (found) => [
    found[1] ?? '',
    { light: found[2] ?? '', dark: found[3] ?? '' },
  ]),
);

function rgb(token: string, theme: Theme): Rgb {
  const hex = tokens.get(token)?.[theme];
  if (hex === undefined) throw new Error(`tokens.css has no colour --${token}`);
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2: relative luminance. */
function luminance([r, g, b]: Rgb): number {
  const linear = (value: number): number =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** Hue in degrees; saturation and lightness from 0 to 1. */
function hsl([r, g, b]: Rgb): {
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
} {
  const most = Math.max(r, g, b);
  const least = Math.min(r, g, b);
  const lightness = (most + least) / 2;
  const span = most - least;
  if (span === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = span / (1 - Math.abs(2 * lightness - 1));
  const sixth = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { hue: sixth * 60, saturation, lightness };
}

const TEXT: readonly (readonly [text: string, ground: string])[] = [
  ['ink', 'paper'],
  ['ink', 'surface'],
  ['ink', 'primary-tint'],
  ['ink', 'first-tint'],
  ['ink', 'second-tint'],
  ['ink', 'counsellor-tint'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'surface'],
  ['primary', 'paper'],
  ['primary', 'surface'],
  ['primary', 'primary-tint'],
  ['on-primary', 'primary'],
  ['first', 'first-tint'],
  ['first', 'paper'],
  ['second', 'second-tint'],
  ['second', 'paper'],
  ['counsellor', 'counsellor-tint'],
  ['counsellor', 'paper'],
  ['notice', 'notice-tint'],
  ['erase', 'paper'],
  ['erase', 'surface'],
];

const LINES: readonly (readonly [line: string, ground: string])[] = [
  ['line', 'paper'],
  ['line', 'surface'],
  ['primary', 'paper'],
  ['primary', 'primary-tint'],
];

describe.each(THEMES)('the %s palette', (theme) => {
  it.each(TEXT)('has text %s on %s at 7:1 or more', (text, ground) => {
    expect(contrast(rgb(text, theme), rgb(ground, theme))).toBeGreaterThanOrEqual(7);
  });

  it.each(LINES)('has lines %s on %s at 3:1 or more', (line, ground) => {
    expect(contrast(rgb(line, theme), rgb(ground, theme))).toBeGreaterThanOrEqual(3);
  });

  it.each([...tokens.keys()])('has no strong red in %s', (token) => {
    const { hue, saturation, lightness } = hsl(rgb(token, theme));
    const isRed = hue >= 345 || hue <= 20;
    const isStrong = saturation > 0.55 && lightness > 0.25 && lightness < 0.75;
    expect(isRed && isStrong).toBe(false);
  });

  it('makes neither partner louder than the other', () => {
    expect(contrast(rgb('first', theme), rgb('second', theme))).toBeLessThan(1.35);
    expect(contrast(rgb('first-tint', theme), rgb('second-tint', theme))).toBeLessThan(1.1);
  });
});

it('says every colour for both themes', () => {
  expect(tokens.size).toBeGreaterThanOrEqual(18);
  expect(css.replace(/light-dark\([^)]*\)/g, '')).not.toMatch(/#[0-9a-f]{3,8}\b/i);
});
