CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"is_anonymous" boolean DEFAULT false,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_log" (
	"project_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"client_id" uuid NOT NULL,
	"mutation_id" bigint NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"source" text NOT NULL,
	"name" text NOT NULL,
	"args" jsonb NOT NULL,
	"changes" jsonb NOT NULL,
	"size" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "change_log_project_id_seq_pk" PRIMARY KEY("project_id","seq")
);
--> statement-breakpoint
CREATE TABLE "client_state" (
	"project_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"last_mutation_id" bigint NOT NULL,
	"results" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_state_project_id_client_id_pk" PRIMARY KEY("project_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"dialect" text DEFAULT 'postgres' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"acl_version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "columns" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"table_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "columns_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "composite_types" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "composite_types_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "constraints" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"table_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"references_table_id" uuid,
	CONSTRAINT "constraints_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "domains" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "domains_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "enum_types" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "enum_types_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_triggers" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "event_triggers_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "extensions" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "extensions_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "indexes" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"table_id" uuid,
	"view_id" uuid,
	"name" text NOT NULL,
	CONSTRAINT "indexes_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "namespaces" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "namespaces_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "opaque_statements" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "opaque_statements_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"table_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "policies_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "privileges" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "privileges_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "range_types" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "range_types_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "routines" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "routines_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"table_id" uuid,
	"view_id" uuid,
	"name" text NOT NULL,
	CONSTRAINT "rules_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "sequences" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "sequences_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "statistics" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "statistics_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "tables" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	"position_x" double precision NOT NULL,
	"position_y" double precision NOT NULL,
	CONSTRAINT "tables_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "triggers" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"table_id" uuid,
	"view_id" uuid,
	"name" text NOT NULL,
	CONSTRAINT "triggers_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "views" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	"position_x" double precision NOT NULL,
	"position_y" double precision NOT NULL,
	CONSTRAINT "views_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_log" ADD CONSTRAINT "change_log_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_state" ADD CONSTRAINT "client_state_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "columns" ADD CONSTRAINT "columns_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "columns" ADD CONSTRAINT "columns_project_id_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "composite_types" ADD CONSTRAINT "composite_types_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "constraints" ADD CONSTRAINT "constraints_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "constraints" ADD CONSTRAINT "constraints_project_id_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "constraints" ADD CONSTRAINT "constraints_project_id_references_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","references_table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domains" ADD CONSTRAINT "domains_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enum_types" ADD CONSTRAINT "enum_types_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_triggers" ADD CONSTRAINT "event_triggers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indexes" ADD CONSTRAINT "indexes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indexes" ADD CONSTRAINT "indexes_project_id_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indexes" ADD CONSTRAINT "indexes_project_id_view_id_views_project_id_id_fk" FOREIGN KEY ("project_id","view_id") REFERENCES "public"."views"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "namespaces" ADD CONSTRAINT "namespaces_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opaque_statements" ADD CONSTRAINT "opaque_statements_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_project_id_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privileges" ADD CONSTRAINT "privileges_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "range_types" ADD CONSTRAINT "range_types_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routines" ADD CONSTRAINT "routines_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_project_id_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_project_id_view_id_views_project_id_id_fk" FOREIGN KEY ("project_id","view_id") REFERENCES "public"."views"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sequences" ADD CONSTRAINT "sequences_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statistics" ADD CONSTRAINT "statistics_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tables" ADD CONSTRAINT "tables_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_project_id_table_id_tables_project_id_id_fk" FOREIGN KEY ("project_id","table_id") REFERENCES "public"."tables"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_project_id_view_id_views_project_id_id_fk" FOREIGN KEY ("project_id","view_id") REFERENCES "public"."views"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user_id_index" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user_id_index" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier_index" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "projects_owner_id_updated_at_index" ON "projects" USING btree ("owner_id","updated_at");--> statement-breakpoint
CREATE INDEX "columns_project_id_table_id_index" ON "columns" USING btree ("project_id","table_id");--> statement-breakpoint
CREATE INDEX "constraints_project_id_table_id_index" ON "constraints" USING btree ("project_id","table_id");--> statement-breakpoint
CREATE INDEX "constraints_project_id_references_table_id_index" ON "constraints" USING btree ("project_id","references_table_id");--> statement-breakpoint
CREATE INDEX "indexes_project_id_table_id_index" ON "indexes" USING btree ("project_id","table_id");--> statement-breakpoint
CREATE INDEX "indexes_project_id_view_id_index" ON "indexes" USING btree ("project_id","view_id");--> statement-breakpoint
CREATE INDEX "policies_project_id_table_id_index" ON "policies" USING btree ("project_id","table_id");--> statement-breakpoint
CREATE INDEX "rules_project_id_table_id_index" ON "rules" USING btree ("project_id","table_id");--> statement-breakpoint
CREATE INDEX "rules_project_id_view_id_index" ON "rules" USING btree ("project_id","view_id");--> statement-breakpoint
CREATE INDEX "triggers_project_id_table_id_index" ON "triggers" USING btree ("project_id","table_id");--> statement-breakpoint
CREATE INDEX "triggers_project_id_view_id_index" ON "triggers" USING btree ("project_id","view_id");