"""The same task for DuckDB: loads both tables of a catalog folder and makes five checks, with its default threads."""

import sys

import duckdb

folder = sys.argv[1]
database = duckdb.connect()
for table in ("matters", "items"):
    database.execute(
        f"create table {table} as select * from read_csv('{folder}/{table}.csv', header=true, all_varchar=true)")
checks = {
    "id unique": "select count(*) from (select id from matters group by id having count(*) > 1)",
    "name unique": "select count(*) from (select name from matters group by name having count(*) > 1)",
    "items without matter": "select count(*) from items where matter not in (select id from matters)",
    "deadline pattern":
        "select count(*) from matters where not regexp_full_match(deadline, '[0-9]{4}年([0-9]{1,2}月)?(底|底前|前)?')",
    "one approval with two departments":
        "select count(*) from (select name from items group by name having count(distinct responsible) > 1)",
}
for name, query in checks.items():
    print(name, database.execute(query).fetchone()[0])
print("matters", database.execute("select count(*) from matters").fetchone()[0])
print("items", database.execute("select count(*) from items").fetchone()[0])
