/** A text as a regular expression that matches just it, with the flag `u` too: there only characters with a meaning may be escaped. */
export const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
