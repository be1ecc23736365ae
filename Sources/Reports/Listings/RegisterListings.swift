import Catalog

/// The registers as listings, with how many matters each entry serves: `onevisit departments`, `onevisit approvals`.
package enum RegisterListings {
  package static func departments(of catalog: Catalog) -> Listing<[[ListingCell]]> {
    Listing(
      columns: [
        ListingColumn("id", zh: "标识", en: "id"),
        ListingColumn("short", zh: "简称", en: "short"),
        ListingColumn("full", zh: "全称", en: "full"),
        ListingColumn("general", zh: "通称", en: "general"),
        ListingColumn("aliases", zh: "别名", en: "aliases", isForPrograms: true),
        ListingColumn("kind", zh: "类别", en: "kind"),
        ListingColumn("lead", zh: "牵头", en: "lead", isNumber: true),
        ListingColumn("responsible", zh: "负责", en: "responsible", isNumber: true),
        ListingColumn("shared", zh: "共享项负责", en: "shared", isNumber: true),
        ListingColumn("matters", zh: "件事", en: "matters", isNumber: true),
      ] + codes(catalog.schema.departments.columns),
      rows: zip(catalog.departments, catalog.departmentUse()).map { department, use in
        [
          .text(department.id), .text(department.short), .text(department.full), .text(department.general),
          .texts(department.aliases), .text(department.kind), .number(use.lead), .number(use.own),
          .number(use.shared), .number(use.matters),
        ] + codes(of: department, catalog.schema.departments)
      })
  }

  package static func approvals(of catalog: Catalog) -> Listing<[[ListingCell]]> {
    Listing(
      columns: [
        ListingColumn("id", zh: "标识", en: "id"),
        .name,
        ListingColumn("aliases", zh: "别名", en: "aliases", isForPrograms: true),
        ListingColumn("kind", zh: "类别", en: "kind"),
        ListingColumn("competent", zh: "主管部门", en: "competent"),
        ListingColumn("own", zh: "自有", en: "own", isNumber: true),
        ListingColumn("shared", zh: "共享", en: "shared", isNumber: true),
        ListingColumn("matters", zh: "件事", en: "matters", isNumber: true),
      ] + codes(catalog.schema.approvals.columns),
      rows: zip(catalog.approvals, catalog.approvalUse()).map { approval, use in
        let competent = approval.competentIndex.map { catalog.departments[$0].short } ?? approval.competent
        return [
          .text(approval.id), .text(approval.name), .texts(approval.aliases), .text(approval.kind),
          competent.isEmpty && approval.competentIndex == nil ? .none : .text(competent),
          .number(use.own), .number(use.shared), .number(use.matters),
        ] + codes(of: approval, catalog.schema.approvals)
      })
  }

  /// What portals key on (`Column.isOmittedWhenEmpty`), for programs.
  private static func codes(_ columns: [Column]) -> [ListingColumn] {
    columns.filter(\.isOmittedWhenEmpty).map {
      ListingColumn($0.name, zh: $0.title, en: $0.name, isForPrograms: true)
    }
  }

  private static func codes<Row: TableRow>(of row: Row, _ schema: TableSchema<Row>) -> [ListingCell] {
    schema.fields.filter(\.column.isOmittedWhenEmpty).map { field in
      let text = field.write(row).cell
      return text.isEmpty ? .none : .text(text)
    }
  }
}
