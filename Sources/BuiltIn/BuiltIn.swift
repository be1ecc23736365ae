/// The files that are built into the program: the catalog folder and the XML schema, byte for byte as they stand in the
/// repository (the two links beside this file lead there). The names are those of `PackageResources`, which the package
public enum BuiltIn {}
