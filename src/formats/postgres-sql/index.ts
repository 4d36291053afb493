import type { Format } from '../format.ts'
import { exportPostgresSql } from './export/exporter.ts'
import { importer } from './import/importer.ts'

export const format: Format = { importer, exporter: exportPostgresSql }

/** In browsers: where `libpg-query.wasm` is, to be said once before the first import. */
export { setParserWasm } from './import/parser.ts'
