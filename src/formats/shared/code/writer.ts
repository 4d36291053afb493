/** Writes code line by line with indentation, and knows where it is: offsets are UTF-16 units of the finished text. */
export class CodeWriter {
  private readonly step: string
  private readonly parts: string[] = []
  private depth = 0
  private length = 0

  constructor(step = '  ') {
    this.step = step
  }

  /** Where the next character will stand. */
  get offset(): number {
    return this.length
  }

  /** One or more lines at the current depth. Line breaks inside a line are kept as they are: they may be part of a string. */
  line(...lines: readonly string[]): this {
    for (const line of lines) this.push(line === '' ? '\n' : `${this.step.repeat(this.depth)}${line}\n`)
    return this
  }

  /** An empty line, but never two, and none at the beginning. */
  gap(): this {
    if (this.length > 0 && this.parts.at(-1) !== '\n') this.push('\n')
    return this
  }

  /** What `write` writes stands one step further in. */
  indented(write: () => void): this {
    this.depth += 1
    write()
    this.depth -= 1
    return this
  }

  toString(): string {
    return this.parts.join('')
  }

  private push(text: string): void {
    this.parts.push(text)
    this.length += text.length
  }
}
