/** Set by our own server on every request, never by clients: the address it came from. better-auth counts attempts by it. */
export const CLIENT_ADDRESS = 'x-sf-ip'
