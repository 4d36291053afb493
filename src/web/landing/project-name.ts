/** A project named after the file it comes from. */
export function projectName(files: readonly File[]): string {
  const [first] = files
  const stem = first?.name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
  return stem ? (stem[0]?.toUpperCase() ?? '') + stem.slice(1, 80) : 'First project'
}
