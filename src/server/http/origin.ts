/** Whether an Origin header names this very server. Lookalikes, `null` and nonsense do not. */
export function isOwnOrigin(origin: string | undefined | null, host: string | undefined | null, publicUrl: string | undefined): boolean {
  if (!origin || !URL.canParse(origin)) return false
  const url = new URL(origin)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false
  if (publicUrl && url.origin === publicUrl) return true
  return Boolean(host) && url.host === host?.toLowerCase() && !publicUrl?.startsWith('https:')
}

/**
 * Whether a request that changes something may come from where it comes from. Browsers always say (Origin, Sec-Fetch-Site); programs that say
 * nothing carry no cookies of somebody else's.
 */
export function isSameSite(headers: Headers, publicUrl: string | undefined): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = headers.get('origin')
  return origin === null || isOwnOrigin(origin, headers.get('host'), publicUrl)
}
