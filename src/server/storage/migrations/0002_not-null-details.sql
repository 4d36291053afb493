-- Columns say more of their NOT NULL than its name: whether it is inherited and valid, and its comment.
UPDATE "columns" SET "data" = '{"notNullNoInherit": false, "notNullNotValid": false, "notNullComment": null}'::jsonb || "data";
