import { expect, test } from 'vitest'
import { authMessage } from './auth-message.ts'

test('a wrong password is told at the password, without saying which of the two is wrong', () => {
  const { field, text } = authMessage({ code: 'INVALID_EMAIL_OR_PASSWORD', status: 401 })
  expect(field).toBe('password')
  expect(text).toContain('do not go together')
})

test('an address that has an account is sent to sign in', () => {
  expect(authMessage({ code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', status: 422 })).toMatchObject({
    field: 'email',
    text: expect.stringContaining('Sign in'),
  })
})

test('a server out of reach says that nothing was changed', () => {
  expect(authMessage({ status: 0 }).text).toContain('nothing was changed')
  expect(authMessage({ status: 503 }).text).toContain('nothing was changed')
})

test('too many attempts ask for patience', () => {
  expect(authMessage({ status: 429, message: 'Too many requests.' }).text).toContain('Wait a minute')
})
