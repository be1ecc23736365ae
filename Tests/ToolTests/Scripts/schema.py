"""Validates JSON files against a JSON Schema of whichever draft it names: schema.py SCHEMA FILE…"""
import json, sys, jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
wrong = 0
for path in sys.argv[2:]:
    for error in list(kind(schema).iter_errors(json.load(open(path, encoding="utf-8"))))[:5]:
        print(path, error.json_path, error.message[:300])
        wrong += 1
sys.exit(1 if wrong else 0)
