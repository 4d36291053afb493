/** Files on their way from the page where they were dropped to the editor that will import them. In memory: they may be large. */
let waiting: readonly File[] = []

/** Leaves files for the next editor that opens. */
export function handOver(files: readonly File[]): void {
  waiting = files
}

/** What was left. */
export const handedOver = (): readonly File[] => waiting
