-- Two roles in place of one, so that the application changes rows and nothing else: guiling_owner owns the schema and brings it
-- up to date when the application starts, guiling works with it. Run it once, as a superuser and in the application's
-- database, before the first start or, with the application stopped, over what is there; then give both a password
-- (\password guiling_owner, \password guiling) and set
--   SPRING_DATASOURCE_USERNAME=guiling        SPRING_DATASOURCE_PASSWORD=…
--   SPRING_FLYWAY_USER=guiling_owner          SPRING_FLYWAY_PASSWORD=…
-- Neither may be a superuser; the role that postgres:17 makes of POSTGRES_USER is one, so call that otherwise.

do $$
begin
    if not exists (select from pg_roles where rolname = 'guiling_owner') then
        create role guiling_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'guiling') then
        create role guiling login;
    end if;
end $$;

alter role guiling_owner nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role guiling nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- What one role has made before belongs to the owner from here on.
do $$
declare
    made record;
begin
    for made in
        select format('alter %s public.%I owner to guiling_owner',
                      case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view'
                                     else 'table' end, c.relname) as command
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S', 'v', 'm')
          -- A sequence of a column goes with its table.
          and not (c.relkind = 'S' and exists (
              select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')))
        union all
        select format('alter routine %s owner to guiling_owner', p.oid::regprocedure)
        from pg_proc p where p.pronamespace = 'public'::regnamespace
    loop
        execute made.command;
    end loop;
end $$;

alter schema public owner to guiling_owner;
revoke create on schema public from public;
revoke create on schema public from guiling;
grant usage on schema public to guiling;

grant select, insert, update, delete on all tables in schema public to guiling;
grant usage, select, update on all sequences in schema public to guiling;
alter default privileges for role guiling_owner in schema public grant select, insert, update, delete on tables to guiling;
alter default privileges for role guiling_owner in schema public grant usage, select, update on sequences to guiling;
