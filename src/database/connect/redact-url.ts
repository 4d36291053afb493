/** A connection url without what nobody should read: for messages and logs. What is no url is not repeated at all. */
export function redactUrl(url: string): string {
  try {
    const parsed = new URL(url)
    if (!/^postgres(?:ql)?:$/.test(parsed.protocol)) return 'a connection'
    if (parsed.password !== '') parsed.password = '***'
    for (const name of [...parsed.searchParams.keys()]) if (/pass|key|secret|token/i.test(name)) parsed.searchParams.set(name, '***')
    return parsed.toString()
  } catch {
    return 'a connection'
  }
}
