import { useRouter } from '@tanstack/react-router'

/** The page's nonce, for the few elements that must carry styles of their own. Undefined outside a router and in development. */
export const useNonce = (): string | undefined => useRouter({ warn: false })?.options.ssr?.nonce
