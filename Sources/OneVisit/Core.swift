// The only file that imports the modules below. The others use the aliases of `Core`: several public types bear the
// name of the type that they wrap, and `Core` says which of the two is meant.

internal import AtomicFiles
internal import CSVFormat
internal import Catalog
internal import Deadlines
internal import Interchange
internal import Localization
internal import Reports
internal import Validator

/// The types of the modules below.
enum Core {
  // Texts, files.
  typealias Language = Localization::Language
  typealias LocalizedText = Localization::LocalizedText
  typealias LocalizedFailure = Localization::LocalizedFailure
  typealias ByteWriter = AtomicFiles::ByteWriter
  typealias Bytes = AtomicFiles::Bytes
  typealias ClosedPipe = AtomicFiles::ClosedPipe
  typealias FileFailure = AtomicFiles::FileFailure
  typealias FileReplacement = AtomicFiles::FileReplacement
  typealias FolderBusy = AtomicFiles::FolderBusy
  typealias FolderChanged = AtomicFiles::FolderChanged
  typealias TextEncoding = CSVFormat::TextEncoding

  // Days.
  typealias Day = Deadlines::Day
  typealias Deadline = Deadlines::Deadline
  typealias ReportWindow = Deadlines::ReportWindow

  // The model.
  typealias Catalog = Catalog::Catalog
  typealias Matter = Catalog::Matter
  typealias Item = Catalog::Item
  typealias Audience = Catalog::Audience
  typealias Department = Catalog::Department
  typealias Approval = Catalog::Approval
  typealias MatterList = Catalog::MatterList
  typealias Notice = Catalog::Notice
  typealias PrintedDepartments = Catalog::PrintedDepartments
  typealias TextID = Catalog::TextID
  typealias Progress = Catalog::Progress
  typealias Role = Catalog::Role
  typealias Location = Catalog::Location
  typealias SourcePosition = Catalog::SourcePosition
  typealias MatterColumn = Catalog::MatterColumn
  typealias ItemColumn = Catalog::ItemColumn
  typealias TableKind = Catalog::TableKind
  typealias FolderReader = Catalog::FolderReader
  typealias Nearness = Catalog::Nearness
  typealias NameSearch<Entry> = Catalog::NameSearch<Entry>

  // Rules.
  typealias Rule = Validator::Rule
  typealias Check = Validator::Check
  typealias RuleBook = Validator::RuleBook
  typealias RuleContext = Validator::RuleContext
  typealias Severity = Validator::Severity
  typealias Subject = Validator::Subject
  typealias Finding = Validator::Finding
  typealias Validation = Validator::Validation
  typealias ValidationOptions = Validator::ValidationOptions
  typealias DeadlineBoard = Validator::DeadlineBoard

  // Formats.
  typealias CatalogReader = Interchange::CatalogReader
  typealias XMLCatalogReader = Interchange::XMLCatalogReader
  typealias CSVListReader = Interchange::CSVListReader
  typealias CSVListOptions = Interchange::CSVListOptions
  typealias CSVOptions = Interchange::CSVOptions
  typealias Selection = Interchange::Selection
  typealias ExportRequest = Interchange::ExportRequest
  typealias ExportFormat = Interchange::ExportFormat
  typealias FolderImport = Interchange::FolderImport
  typealias ImportOptions = Interchange::ImportOptions
  typealias ImportPlan = Interchange::ImportPlan

  // Reports.
  typealias FindingsText = Reports::FindingsText
  typealias FindingsJSON = Reports::FindingsJSON
  typealias FindingsSARIF = Reports::FindingsSARIF
  typealias FindingsJUnit = Reports::FindingsJUnit
  typealias FindingsGitHub = Reports::FindingsGitHub
  typealias TextStyle = Reports::TextStyle

  /// The version that reports name as their tool's; equal to the command's, which a test asserts.
  static let version = "1.0.0"
}
