import type { ForeignDataWrapper, ForeignServer, UserMapping } from '#core/schema/index.ts'
import { optionsOf } from '../../options.ts'
import type { Reading } from '../../reading.ts'
import { attempt } from '../../attempt.ts'
import { FIRST_USER_OID } from '../../oids.ts'
import { functionName, notOfExtension, ownerOf } from '../../sql.ts'

export async function readWrappers(reading: Reading): Promise<readonly ForeignDataWrapper[]> {
  const rows = await reading.query<Omit<ForeignDataWrapper, 'options' | 'comment'> & { oid: number; options: readonly string[] | null }>(
    `SELECT w.oid, w.fdwname::text AS name, ${functionName('w.fdwhandler')} AS handler, ${functionName('w.fdwvalidator')} AS validator, w.fdwoptions AS options,
       ${ownerOf(reading, 'w.fdwowner')} AS owner
     FROM pg_foreign_data_wrapper w WHERE w.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_foreign_data_wrapper', 'w.oid')} ORDER BY w.oid`,
  )
  return rows.map(({ oid, options, ...wrapper }) => ({
    ...wrapper,
    options: optionsOf(options),
    comment: reading.comments('pg_foreign_data_wrapper', oid),
  }))
}

export async function readServers(reading: Reading): Promise<readonly ForeignServer[]> {
  const rows = await reading.query<Omit<ForeignServer, 'options' | 'comment'> & { oid: number; options: readonly string[] | null }>(
    `SELECT s.oid, s.srvname::text AS name, w.fdwname::text AS wrapper, s.srvtype AS type, s.srvversion AS version, s.srvoptions AS options,
       ${ownerOf(reading, 's.srvowner')} AS owner
     FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
     WHERE s.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_foreign_server', 's.oid')} ORDER BY s.oid`,
  )
  return rows.map(({ oid, options, ...server }) => ({
    ...server,
    options: optionsOf(options),
    comment: reading.comments('pg_foreign_server', oid),
  }))
}

/** User mappings. Their options are shown to few: where they are hidden, that is said. */
export async function readUserMappings(reading: Reading): Promise<readonly UserMapping[]> {
  const rows = await attempt<{ user: string; server: string; options: readonly string[] | null; visible: boolean }>(
    reading,
    'user mappings',
    `SELECT m.usename::text AS user, m.srvname::text AS server, m.umoptions AS options,
       (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user)
         OR (m.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE'))
         OR (m.umuser <> 0 AND m.usename = current_user AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE'))) AS visible
     FROM pg_user_mappings m JOIN pg_foreign_server s ON s.oid = m.srvid ORDER BY m.umid`,
  )
  return rows.map(({ user, server, options, visible }) => {
    if (!visible)
      reading.diagnostics.push({
        code: 'not-permitted',
        severity: 'warning',
        message: `The options of the user mapping for ${user} on server ${server} are hidden from this user.`,
        hint: 'Add them by hand, or read the database as a superuser.',
      })
    return { user, server, options: optionsOf(options) }
  })
}
