import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Loss } from '../../format.ts'

/** Collects what a target cannot hold, in the order of the schema. */
export class Losses {
  readonly list: Loss[] = []

  add(code: DiagnosticCode, kind: string, object: string, ...[message, hint]: readonly [message: string, hint?: string]): void {
    this.list.push(hint === undefined ? { code, kind, object, message } : { code, kind, object, message, hint })
  }
}
