/** What a code says to people, whatever the single message is about. Shown in `docs/diagnostics.md`. */
export interface CodeEntry {
  /** A few words, as a headline. */
  readonly title: string
  /** What it means for the person, in one or two sentences. */
  readonly means: string
  /** What to do about it. */
  readonly help: string
}
