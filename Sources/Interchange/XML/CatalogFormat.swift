import BuiltIn
import XMLFormat

/// The exchange format as the reader wants it: its names, numbered, and its schema.
enum CatalogFormat {
  static let namespace = "urn:onevisit:service-catalog:1"
  static let version = "1.0"

  /// Every element and attribute; the raw value is the number by which `Markup` hands it over.
  enum Word: Int, CaseIterable {
    // Elements.
    case serviceCatalog, notices, lists, departments, approvals, matters, targets, progress, waivers
    case notice, list, department, approval, matter, target, record, waiver
    case number, title, issuer, audience, deadlineHeading, remarkHeading, short, full, general, alias, name
    case lead, deadline, remark, includes, placeholder, item, responsible, text
    // Attributes that are not the names of elements as well.
    case version, id, issued, prefix, annex, reportWindow, reportBy, partial, kind, competent, ref, choice, printed, due
    case shared, sharedFrom, count, after, plan, guide, form, materials, singleSubmission, portal, app, rule, subject
  }

  static let markup = XMLVocabulary(
    namespace: namespace, root: "serviceCatalog", version: version, names: Word.allCases.map { "\($0)" })

  /// The schema that is built in, compiled once. No schema that a document names is ever read.
  static let schema: Result<XMLSchema, XMLSchemaFailure> = {
    do throws(XMLSchemaFailure) {
      return .success(try XMLSchema(BuiltInFiles.schema))
    } catch {
      return .failure(error)
    }
  }()
}
