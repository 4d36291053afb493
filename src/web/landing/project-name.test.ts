import { expect, test } from 'vitest'
import { projectName } from './project-name.ts'

test.each([
  ['shop_platform.sql', 'Shop platform'],
  ['schema.prod.sql', 'Schema.prod'],
  ['.sql', 'First project'],
  ['dump', 'Dump'],
])('%s makes a project called %s', (file, name) => expect(projectName([new File([], file)])).toBe(name))

test('without a file it is the first project', () => expect(projectName([])).toBe('First project'))
