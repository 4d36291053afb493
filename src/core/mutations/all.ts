import type { Mutation } from './mutation.ts'

const list: readonly Mutation[] = []

/** Every mutation by name. A Map, so that names like `__proto__` find nothing. */
export const mutations: ReadonlyMap<string, Mutation> = new Map(list.map((mutation) => [mutation.name, mutation]))
