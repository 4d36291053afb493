import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { count, figure } from '../../panels/count.ts'
import { cn } from '../../ui/cn.ts'
import type { Fate, Plan } from './plan.ts'

/** Names beyond these are counted only. */
const MOST_NAMES = 400

const tones: Readonly<Record<Fate, string>> = { changed: 'text-yellow', new: 'text-muted', same: 'text-faint' }
const spoken: Readonly<Record<Fate, string>> = { changed: 'changes', new: 'new', same: 'stays as it is' }

/** The tables that come, by name: those that change first, and marked. */
export function WhatComes({ plan: { names, namespace, tables } }: { readonly plan: Plan }) {
  if (tables === 0) return null
  return (
    <section aria-label="Tables that come">
      <h3 className="mb-1 text-xs font-medium">
        {count(tables, 'table')}
        {namespace !== null && namespace !== DEFAULT_NAMESPACE ? <span className="font-normal text-muted"> in {namespace}</span> : null}
      </h3>
      <ul className="flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-[11.5px]">
        {names.slice(0, MOST_NAMES).map(({ name, fate }) => (
          <li key={name} className={cn('max-w-full truncate', tones[fate])}>
            {name}
            {fate === 'changed' ? <span aria-hidden> ±</span> : null}
            <span className="sr-only"> {spoken[fate]}</span>
          </li>
        ))}
        {tables > MOST_NAMES ? <li className="font-sans text-faint">and {figure(tables - MOST_NAMES)} more</li> : null}
      </ul>
    </section>
  )
}
