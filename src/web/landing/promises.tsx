/** The three promises, in words that the tests can keep. */
export function Promises() {
  return (
    <section aria-label="What it promises" className="mt-16 grid gap-10 border-t border-line-muted pt-12 pb-20 md:grid-cols-3">
      {promises.map(({ mark, title, text }) => (
        <div key={title}>
          <div className="mb-2.5 font-mono text-xs font-semibold text-blue">{mark}</div>
          <h2 className="mb-2 text-base font-semibold tracking-[-0.01em]">{title}</h2>
          <p className="text-sm leading-[1.65] text-muted">{text}</p>
        </div>
      ))}
    </section>
  )
}

const promises = [
  {
    mark: 'every statement',
    title: 'What comes in goes out',
    text: "PostgreSQL's own grammar reads your schema. Partial indexes, exclusion constraints, row security: each statement is understood, kept word for word or named with its line and what to do.",
  },
  {
    mark: 'live',
    title: 'One project, every window',
    text: 'An edit here shows there at once. It is called saved only when it is on disk, and stays in the log with who, when, before and after. Lose the connection, and your work waits and finds its way back.',
  },
  {
    mark: '1,000 tables',
    title: 'Large feels small',
    text: 'Pan, zoom and search a thousand tables as if they were ten. Layout runs beside you, never in your way, and only what you see is drawn.',
  },
]
