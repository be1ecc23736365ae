"""Validates XML files against an XSD: xsd.py SCHEMA FILE…"""
import sys, xml.etree.ElementTree, xmlschema

schema = xmlschema.XMLSchema10(sys.argv[1])
wrong = 0
for path in sys.argv[2:]:
    try:
        for error in list(schema.iter_errors(path))[:5]:
            print(path, error.path, error.reason)
            wrong += 1
    except (xml.etree.ElementTree.ParseError, xmlschema.XMLSchemaException) as error:
        print(path, error)
        wrong += 1
sys.exit(1 if wrong else 0)
