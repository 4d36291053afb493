import type { Command } from './command.ts'
import type { PlaceToGo } from './places.ts'
import { search } from './search.ts'

/** What the palette shows for what is typed. */
export interface FoundAnything {
  readonly places: readonly PlaceToGo[]
  readonly commands: readonly Command[]
  /** The commands stand above the places: one of them fits clearly better, or there are no places. */
  readonly commandsFirst: boolean
}

const MOST_PLACES = 30
const FIRST_TABLES = 6

/** Places and commands for a query; for none, a few tables and every command. */
export function findAnything(query: string, places: readonly PlaceToGo[], commands: readonly Command[]): FoundAnything {
  if (!query.trim()) {
    const tables = places.filter(({ columnId }) => columnId === null).slice(0, FIRST_TABLES)
    return { places: tables, commands, commandsFirst: tables.length === 0 }
  }
  const foundPlaces = search(places, query, MOST_PLACES)
  const foundCommands = search(commands.map(asFindable), query, commands.length)
  return {
    places: foundPlaces.map(({ item }) => item),
    commands: foundCommands.map(({ item }) => item.command),
    commandsFirst: (foundCommands[0]?.score ?? 0) > (foundPlaces[0]?.score ?? 0),
  }
}

const asFindable = (command: Command) => ({ id: command.id, path: `${command.title} ${command.words ?? ''}`.trim(), command })
