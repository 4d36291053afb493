CREATE TABLE "access_methods" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "access_methods_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "base_types" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "base_types_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "casts" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"source" text NOT NULL,
	"target" text NOT NULL,
	CONSTRAINT "casts_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "collations" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "collations_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "conversions_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "foreign_data_wrappers" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "foreign_data_wrappers_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "foreign_servers" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "foreign_servers_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "languages" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "languages_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "operator_classes" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "operator_classes_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "operator_families" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "operator_families_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "operators_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "publications_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "text_search_objects" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"namespace" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "text_search_objects_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "transforms" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"type" text NOT NULL,
	"language" text NOT NULL,
	CONSTRAINT "transforms_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "user_mappings" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order" double precision NOT NULL,
	"data" jsonb NOT NULL,
	"server" text NOT NULL,
	CONSTRAINT "user_mappings_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "access_methods" ADD CONSTRAINT "access_methods_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "base_types" ADD CONSTRAINT "base_types_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casts" ADD CONSTRAINT "casts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collations" ADD CONSTRAINT "collations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "foreign_data_wrappers" ADD CONSTRAINT "foreign_data_wrappers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "foreign_servers" ADD CONSTRAINT "foreign_servers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "languages" ADD CONSTRAINT "languages_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_classes" ADD CONSTRAINT "operator_classes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_families" ADD CONSTRAINT "operator_families_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_search_objects" ADD CONSTRAINT "text_search_objects_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transforms" ADD CONSTRAINT "transforms_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_mappings" ADD CONSTRAINT "user_mappings_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;