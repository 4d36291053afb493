import { expect, test } from 'vitest'
import { CodeColours } from './code-view.ts'

/** Colours that count how often they were asked for, and for what. */
function counting() {
  const asked: string[] = []
  const colours = new CodeColours(async (text) => {
    asked.push(text)
    return text.split('\n').map((line) => [line.length, 1])
  })
  return { asked, colours }
}

test('only what is in sight is coloured, and what did not change is not coloured again', async () => {
  const { asked, colours } = counting()
  const text = 'CREATE TABLE a;\n\nCREATE TABLE b;\n\nCREATE TABLE c;\n'
  await colours.view(text, 'sql').read(2, 3)
  expect(asked).toEqual(['CREATE TABLE b;\n\n'])
  await colours.view(text.replace('TABLE a', 'TABLE z'), 'sql').read(0, 5)
  expect(asked).toEqual(['CREATE TABLE b;\n\n', 'CREATE TABLE z;\n\n', 'CREATE TABLE c;\n'])
})

test('lines come with their own colours, whatever block they are in', async () => {
  const { colours } = counting()
  const lines = await colours.view('one\n\nthree\nfour\n', 'sql').read(0, 10)
  expect(lines.map(({ text, runs }) => [text, runs[0]])).toEqual([
    ['one', 3],
    ['', 0],
    ['three', 5],
    ['four', 4],
    ['', 0],
  ])
})
