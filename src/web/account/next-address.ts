/** Where to go after signing in: an address of ours, never another site's. */
export function nextAddress(next: string | undefined): string {
  if (!next) return '/dashboard'
  try {
    const base = 'http://here.invalid'
    const url = new URL(next, base)
    return url.origin === base && next.startsWith('/') ? url.pathname + url.search : '/dashboard'
  } catch {
    return '/dashboard'
  }
}
