// Keys are written `mod+shift+K`: `mod` is Command on a Mac and Control elsewhere; the last part is `KeyboardEvent.key`, letters upper case.

const isMac = (): boolean => typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)

const macSigns: Readonly<Record<string, string>> = {
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  Enter: '↵',
  Escape: 'esc',
  Delete: '⌦',
  Backspace: '⌫',
  Tab: '⇥',
}
const otherSigns: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', Escape: 'Esc', Delete: 'Del' }

/** Keys as this machine's keyboard shows them: `⌘K`, `Ctrl K`. */
export function keysOf(keys: string, onMac: boolean = isMac()): string {
  const parts = partsOf(keys).map((part) => (onMac ? macSigns[part] : otherSigns[part]) ?? part)
  return parts.join(onMac ? '' : ' ')
}

/** True when a key press is the one that `keys` names. Shift is left aside for signs (`?`, `+`) that need it on some keyboards only. */
export function isPressed(
  keys: string,
  event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>,
  onMac: boolean = isMac(),
): boolean {
  const parts = partsOf(keys)
  const key = parts.at(-1) ?? ''
  const isSign = key.length === 1 && !/[A-Z0-9]/.test(key)
  const mod = onMac ? event.metaKey : event.ctrlKey
  const other = onMac ? event.ctrlKey : event.metaKey
  const isSame = event.key.length === 1 ? event.key.toUpperCase() === key : event.key === key
  return (
    isSame &&
    mod === parts.includes('mod') &&
    !other &&
    event.altKey === parts.includes('alt') &&
    (isSign || event.shiftKey === parts.includes('shift'))
  )
}

/** `mod++` is mod and plus. */
const partsOf = (keys: string): string[] =>
  keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys === '+' ? ['+'] : keys.split('+')
