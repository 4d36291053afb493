// Widths of text without a page: sizes of tables must be the same in a worker, on the server and in every browser.

/** JetBrains Mono: every character is 0.6 em wide, East Asian ones and emoji about 1 em. */
const MONO_EM = 0.6
const WIDE = /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\p{Extended_Pictographic}]/u

/** The width of text in the mono face, in CSS pixels. */
export function monoWidth(text: string, fontSize: number): number {
  // Nearly every name is plain ASCII.
  if (/^[ -~]*$/.test(text)) return text.length * MONO_EM * fontSize
  return [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 1 : MONO_EM), 0) * fontSize
}

/** Widths in em of Inter at weight 600, by groups of characters; measured in Chromium, rounded up. */
const INTER: readonly (readonly [RegExp, number])[] = [
  [/[iljI|!.,:;'`]/, 0.29],
  [/[ftr()[\]{}/\\-]/, 0.4],
  [/[mwMW@%]/, 0.92],
  [/[A-Z0-9_&#+=<>~]/, 0.69],
  [/[ ]/, 0.26],
]

/** The width of text in the bold sans face, in CSS pixels: an upper estimate. */
export function sansWidth(text: string, fontSize: number): number {
  return (
    [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 1 : (INTER.find(([group]) => group.test(char))?.[1] ?? 0.61)), 0) * fontSize
  )
}
