/** OIDs below are PostgreSQL's own (`FirstNormalObjectId` of its `transam.h`): the rule by which pg_dump leaves built-in objects out. */
export const FIRST_USER_OID = 16384
