import { expect, test } from 'vitest'
import {
  aCheck,
  aColumn,
  aForeignKey,
  anEnum,
  anExclusion,
  anIdentity,
  anIndex,
  anIndexElement,
  aPrimaryKey,
  aRoutine,
  aSchema,
  aSequence,
  aTable,
  aTrigger,
  aUnique,
  aView,
  type Schema,
} from '#core/schema/index.ts'
import { exportPostgresSql } from './exporter.ts'

const sqlOf = (schema: Schema): string => exportPostgresSql(schema).files[0]?.text ?? ''

const order = aTable({
  name: 'order',
  columns: [
    aColumn({ name: 'id', type: 'bigint', nullable: false, identity: anIdentity({ kind: 'always', sequenceName: 'order_id_seq' }) }),
    aColumn({ name: 'customer_id', type: 'uuid', nullable: false }),
    aColumn({ name: 'status', type: 'order_status', nullable: false, default: "'draft'" }),
    aColumn({ name: 'placed_at', type: 'timestamp with time zone', nullable: false, default: 'now()', comment: "when it's placed" }),
    aColumn({ name: 'total', type: 'numeric(12,2)', nullable: false }),
  ],
  constraints: [
    aPrimaryKey({ name: 'order_pkey', columns: ['id'] }),
    aCheck({ name: 'order_total_check', expression: 'total >= 0' }),
    aForeignKey({
      name: 'order_customer_id_fkey',
      columns: ['customer_id'],
      references: { namespace: 'public', table: 'customer', columns: ['id'] },
      onDelete: 'restrict',
    }),
  ],
  indexes: [
    anIndex({
      name: 'order_open_idx',
      elements: [anIndexElement({ column: 'customer_id' }), anIndexElement({ column: 'placed_at', order: 'desc' })],
      predicate: "status <> 'void'",
    }),
  ],
  triggers: [
    aTrigger({
      name: 'order_total',
      timing: 'after',
      events: [
        { kind: 'insert', columns: [] },
        { kind: 'update', columns: ['total'] },
      ],
      forEach: 'row',
      function: { namespace: 'public', name: 'sum_order' },
    }),
  ],
})
const customer = aTable({
  name: 'customer',
  columns: [
    aColumn({ name: 'id', type: 'uuid', nullable: false }),
    aColumn({ name: 'n', type: 'integer', nullable: false, default: "nextval('customer_n_seq'::regclass)" }),
  ],
  constraints: [aPrimaryKey({ name: 'customer_pkey', columns: ['id'] }), aUnique({ name: 'other', columns: ['n'] })],
})
const shop = aSchema({
  enums: [anEnum({ name: 'order_status', values: ['draft', 'placed', 'void'] })],
  sequences: [aSequence({ name: 'customer_n_seq', type: 'integer', ownedBy: { namespace: 'public', table: 'customer', column: 'n' } })],
  tables: [customer, order],
  views: [aView({ name: 'open_orders', definition: 'SELECT * FROM "order" WHERE status = \'draft\'' })],
  routines: [
    aRoutine({ name: 'sum_order', returns: 'trigger', language: 'plpgsql', body: { kind: 'string', text: '\nBEGIN RETURN NEW; END;\n' } }),
  ],
})

test('SQL is written to be read', () => {
  expect(sqlOf(shop)).toBe(`SET check_function_bodies = off;

CREATE TYPE order_status AS ENUM (
  'draft', 'placed', 'void'
);

CREATE TABLE customer (
  id uuid,
  n serial,
  PRIMARY KEY (id),
  CONSTRAINT other UNIQUE (n)
);

CREATE TABLE "order" (
  id bigint GENERATED ALWAYS AS IDENTITY,
  customer_id uuid NOT NULL,
  status order_status DEFAULT 'draft' NOT NULL,
  placed_at timestamptz DEFAULT now() NOT NULL,
  total numeric(12,2) NOT NULL,
  PRIMARY KEY (id),
  CHECK (total >= 0),
  FOREIGN KEY (customer_id)
    REFERENCES customer (id)
    ON DELETE RESTRICT
);
COMMENT ON COLUMN "order".placed_at IS 'when it''s placed';

CREATE INDEX order_open_idx
  ON "order" (customer_id, placed_at DESC)
  WHERE status <> 'void';

CREATE VIEW open_orders AS
  SELECT * FROM "order" WHERE status = 'draft';

CREATE FUNCTION sum_order() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN RETURN NEW; END;
$$;

CREATE TRIGGER order_total
  AFTER INSERT OR UPDATE OF total ON "order"
  FOR EACH ROW
  EXECUTE FUNCTION sum_order();
`)
})

test('two constraints that say the same stay two: PostgreSQL would make one of them inside CREATE TABLE', () => {
  const elements = [{ element: anIndexElement({ column: 'a' }), operator: '=' }]
  const table = aTable({
    name: 't',
    columns: [aColumn({ name: 'a', type: 'integer' })],
    constraints: [
      aUnique({ name: 'u', columns: ['a'] }),
      anExclusion({ name: 'x', elements }),
      aUnique({ name: 'u2', columns: ['a'] }),
      anExclusion({ name: 'x2', elements }),
    ],
  })
  expect(sqlOf(aSchema({ tables: [table] }))).toMatch(
    /CONSTRAINT u .*\s+CONSTRAINT x .*\s\);\s+ALTER TABLE t\s+ADD CONSTRAINT u2 .*\s+ALTER TABLE t\s+ADD CONSTRAINT x2 /,
  )
})
