import { cn } from './cn.ts'

interface AvatarProps {
  readonly name: string
  readonly className?: string
}

/** A person as two letters on a colour of their own: the same person always has the same. The name is read out. */
export function Avatar({ name, className }: AvatarProps) {
  return (
    <span
      role="img"
      aria-label={name}
      className={cn(
        'grid size-[26px] shrink-0 place-items-center rounded-full text-[10.5px] font-semibold text-[#0d1117] select-none',
        tint(name),
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}

const tints = ['bg-[#3fb950]', 'bg-[#a371f7]', 'bg-[#db6d28]', 'bg-[#58a6ff]', 'bg-[#db61a2]', 'bg-[#d29922]'] as const

const tint = (name: string) => tints[[...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7) % tints.length]

function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  const [first = '?', second] = words
  return ((first[0] ?? '?') + (second?.[0] ?? first[1] ?? '')).toUpperCase()
}
