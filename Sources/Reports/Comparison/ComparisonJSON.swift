import AtomicFiles
import Catalog
import Interchange
import JSONFormat
import Localization

/// A comparison as JSON: `schemas/comparison.schema.json` describes it. The members that the contract names come first.
package enum ComparisonJSON {
  /// - Parameters:
  ///   - old: the old edition, and `new` the new one: for the files and lines of positions.
  ///   - hashes: the content hashes of the two.
  package static func write(
    _ comparison: CatalogComparison, old: Catalog, new: Catalog, hashes: (old: String, new: String),
    to writer: ByteWriter
  ) throws {
    let json = JSONWriter(to: writer)
    let document = Document(json: json, old: Locator(old), new: Locator(new))
    try json.object {
      try json.member("old", comparison.oldName)
      try json.member("new", comparison.newName)
      try json.member("oldHash", hashes.old)
      try json.member("newHash", hashes.new)
      try json.array("matters") { for matter in comparison.matters { try document.write(matter) } }
      for kind in [TableKind.departments, .approvals, .lists, .notices, .targets, .progress, .waivers] {
        try json.key(named: kind.name)
        try json.array { for row in comparison.rows[kind] ?? [] { try document.write(row) } }
      }
      try json.object("summary") { try document.write(comparison.counts(.matters)) }
      try json.object("counts") {
        for kind in TableKind.small {
          try json.key(named: kind.name)
          try json.object { try document.write(comparison.counts(kind)) }
        }
      }
      try json.member("respelt", comparison.respeltMatters)
      try json.member("unrelated", comparison.areUnrelated)
    }
    try json.end()
  }

  private struct Document {
    let json: JSONWriter
    let old: Locator
    let new: Locator

    func write(_ matter: CatalogComparison.MatterChange) throws {
      try json.object {
        try json.member("id", matter.id)
        try json.member("change", matter.change.rawValue)
        try fields(matter.fields)
        try json.array("items") {
          for item in matter.items {
            try json.object {
              try json.member("id", item.id)
              try json.member("change", item.change.rawValue)
              try json.member("name", item.name)
              try fields(item.fields)
              try positions(item.old, item.new)
            }
          }
        }
        try json.member("name", matter.name)
        try positions(matter.old, matter.new)
      }
    }

    func write(_ row: CatalogComparison.RowChange) throws {
      try json.object {
        try json.member("id", row.id)
        try json.member("change", row.change.rawValue)
        try fields(row.fields)
        try positions(row.old, row.new)
      }
    }

    func write(_ counts: CatalogComparison.Counts) throws {
      try json.member("added", counts.added)
      try json.member("changed", counts.changed)
      try json.member("withdrawn", counts.withdrawn)
      try json.member("removed", counts.removed)
      try json.member("unchanged", counts.unchanged)
    }

    private func fields(_ fields: [CatalogComparison.FieldChange]) throws {
      try json.array("fields") {
        for field in fields {
          try json.object {
            try json.member("field", field.column.name)
            try json.member("kind", field.kind.rawValue)
            try json.member("before", field.before)
            try json.member("after", field.after)
            try positions(field.old, field.new)
          }
        }
      }
    }

    private func positions(_ old: SourcePosition?, _ new: SourcePosition?) throws {
      try position("oldPosition", old.flatMap(self.old.locate))
      try position("newPosition", new.flatMap(self.new.locate))
    }

    private func position(_ name: StaticString, _ location: Location?) throws {
      guard let location else {
        try json.key(name)
        try json.null()
        return
      }
      try json.object(name, .line) {
        try json.member("file", location.file)
        try json.member("line", location.line)
        try json.member("column", location.column)
      }
    }
  }
}
