/// The files embedded in the program: the catalog folder and the XML schema, byte for byte those of the repository, to which
/// the two symbolic links in this folder lead.
package enum BuiltInFiles {
  /// The catalog folder, file by file.
  package static var catalog: [(name: String, bytes: [UInt8])] {
    [
      ("datapackage.json", PackageResources.datapackage_json),
      ("notices.csv", PackageResources.notices_csv),
      ("regions.csv", PackageResources.regions_csv),
      ("audiences.csv", PackageResources.audiences_csv),
      ("lists.csv", PackageResources.lists_csv),
      ("departments.csv", PackageResources.departments_csv),
      ("approvals.csv", PackageResources.approvals_csv),
      ("matters.csv", PackageResources.matters_csv),
      ("items.csv", PackageResources.items_csv),
      ("targets.csv", PackageResources.targets_csv),
      ("progress.csv", PackageResources.progress_csv),
      ("waivers.csv", PackageResources.waivers_csv),
      ("README.md", PackageResources.README_md),
    ]
  }

  /// `schemas/service-catalog.xsd`.
  package static var schema: [UInt8] { PackageResources.service_catalog_xsd }
}
