import { expect, test } from 'vitest'
import { isPressed, keysOf } from './keys.ts'

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('keys read as the keyboard shows them', () => {
  expect(keysOf('mod+K', true)).toBe('⌘K')
  expect(keysOf('mod+shift+P', false)).toBe('Ctrl Shift P')
  expect(keysOf('mod++', false)).toBe('Ctrl +')
})

test('a press is recognised whatever the case, and never with other keys held', () => {
  expect(isPressed('mod+K', press('k', { ctrlKey: true }), false)).toBe(true)
  expect(isPressed('mod+K', press('k', { metaKey: true }), false)).toBe(false)
  expect(isPressed('mod+K', press('k', { metaKey: true }), true)).toBe(true)
  expect(isPressed('F', press('f', { ctrlKey: true }), false)).toBe(false)
  expect(isPressed('F', press('F', { shiftKey: true }), false)).toBe(false)
  expect(isPressed('Delete', press('Delete'), false)).toBe(true)
})

test('signs work with and without shift: keyboards differ', () => {
  expect(isPressed('?', press('?', { shiftKey: true }), false)).toBe(true)
  expect(isPressed('+', press('+'), false)).toBe(true)
  expect(isPressed('+', press('+', { shiftKey: true }), false)).toBe(true)
})
