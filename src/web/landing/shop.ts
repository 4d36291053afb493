import type { ShowcaseColor } from './showcase.ts'

/** The schema of the landing page, as a person would write it. Everything the page draws and prints is made from this text. */
export const shopSql = `CREATE SCHEMA billing;
CREATE EXTENSION IF NOT EXISTS citext;

CREATE TYPE order_status AS ENUM ('draft', 'placed', 'paid', 'shipped', 'void');

CREATE TABLE customer (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email citext NOT NULL UNIQUE,
  full_name text NOT NULL,
  phone text,
  locale varchar(8) NOT NULL DEFAULT 'en',
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (email LIKE '%@%')
);
CREATE INDEX customer_created_at_idx ON customer (created_at DESC);

CREATE TABLE product (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku varchar(32) NOT NULL UNIQUE,
  title text NOT NULL,
  attributes jsonb NOT NULL DEFAULT '{}',
  price numeric(12,2) NOT NULL,
  active boolean NOT NULL DEFAULT true
);
CREATE INDEX product_attributes_idx ON product USING gin (attributes);
CREATE INDEX product_active_idx ON product (title) WHERE active;

CREATE TABLE "order" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer ON DELETE RESTRICT,
  status order_status NOT NULL DEFAULT 'draft',
  placed_at timestamptz NOT NULL DEFAULT now(),
  total numeric(12,2) NOT NULL DEFAULT 0,
  note text,
  CHECK (total >= 0)
);
CREATE INDEX order_open_idx ON "order" (customer_id, placed_at DESC) WHERE status <> 'void';

CREATE TABLE order_line (
  order_id bigint REFERENCES "order" ON DELETE CASCADE,
  line_no smallint,
  product_id bigint NOT NULL REFERENCES product,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price numeric(12,2) NOT NULL,
  PRIMARY KEY (order_id, line_no)
);
CREATE INDEX order_line_product_idx ON order_line (product_id);

CREATE TABLE billing.invoice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL UNIQUE REFERENCES "order",
  number text NOT NULL UNIQUE,
  issued_on date NOT NULL DEFAULT current_date,
  period daterange,
  EXCLUDE USING gist (period WITH &&)
);

CREATE TABLE billing.payment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  invoice_id bigint NOT NULL REFERENCES billing.invoice,
  amount numeric(12,2) NOT NULL,
  paid_at timestamptz
);
`

/** Where the tables lie on the page and which colour they have. */
export const shopPlaces: Readonly<Record<string, { readonly x: number; readonly y: number; readonly color: ShowcaseColor }>> = {
  customer: { x: 24, y: 40, color: 'blue' },
  product: { x: 24, y: 318, color: 'purple' },
  order: { x: 300, y: 76, color: 'green' },
  order_line: { x: 300, y: 342, color: 'green' },
  invoice: { x: 578, y: 60, color: 'yellow' },
  payment: { x: 578, y: 318, color: 'yellow' },
}
