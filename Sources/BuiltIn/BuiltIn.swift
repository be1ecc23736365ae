/// The files that are built into the program: the catalog folder and the XML schema, byte for byte as they stand in the
/// repository. The names are those of `PackageResources`, which the package manager makes from `catalog/` and `schemas/`.
public enum BuiltIn {}
