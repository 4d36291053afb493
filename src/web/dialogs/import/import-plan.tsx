import { figure } from '../../panels/count.ts'
import type { Plan } from './plan.ts'

/** The sentence that says what will happen, and only that. */
export function ImportPlan({ plan, projectName }: { readonly plan: Plan; readonly projectName: string | undefined }) {
  return (
    <p className="mr-auto min-w-0 truncate text-body">
      Into <b className="font-semibold text-fg">{projectName ?? 'this project'}</b>: {figure(plan.newTables)} new,{' '}
      {figure(plan.changedTables)} changed
      {plan.sameTables > 0 ? `, ${figure(plan.sameTables)} as they are` : ''}, nothing removed.
    </p>
  )
}
