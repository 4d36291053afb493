interface ProgressProps {
  readonly label: string
  /** From 0 to 1; null = not known. */
  readonly share: number | null
}

/** A bar with what is being done and how far it is. */
export function Progress({ label, share }: ProgressProps) {
  const percent = share === null ? null : Math.round(share * 100)
  return (
    <div className="grid gap-2 py-1 delay-150 duration-150 animate-in fade-in-0 fill-mode-both">
      <div className="flex justify-between text-body text-muted" aria-live="polite">
        <span>{label}</span>
        <span className="font-mono text-xs tabular-nums">{percent === null ? '' : `${percent} %`}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
        className="h-1.5 overflow-hidden rounded-full bg-raised"
      >
        <div
          className={`h-full rounded-full bg-blue transition-[width] ${percent === null ? 'animate-pulse' : ''}`}
          style={{ width: `${percent ?? 100}%` }}
        />
      </div>
    </div>
  )
}
