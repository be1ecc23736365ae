// swift-tools-version: 6.3
import PackageDescription

/// Swift 6 language mode, with `any` written out.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

// ONEVISIT_DOCS=1 adds the plugin that `make docc` runs, ONEVISIT_FUZZ=1 the product that `scripts/fuzz` builds.
// Neither is there for users of the package.
let isDocumented = Context.environment["ONEVISIT_DOCS"] == "1"
let isFuzzed = Context.environment["ONEVISIT_FUZZ"] == "1"

// A target depends only on targets above it in this list. `OneVisit` is the public library; everything below it is
// `package`.
let package = Package(
  name: "OneVisit",
  products: [
    .executable(name: "onevisit", targets: ["OneVisitCommand"]),
    .library(name: "OneVisit", targets: ["OneVisit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
  ],
  targets: [
    // The system: its C library, and the few calls that Swift cannot make by itself.
    .systemLibrary(name: "CPlatform"),
    .target(name: "Platform", dependencies: ["CPlatform", system], swiftSettings: strict),

    // A text in two languages, and how wide it prints.
    .target(name: "Localization", dependencies: [algorithms], swiftSettings: strict),

    // Bytes in and out; files and folders replaced as a whole or not at all.
    .target(
      name: "AtomicFiles", dependencies: ["Platform", "Localization", algorithms], swiftSettings: strict),

    // JSON: the writer.
    .target(name: "JSONFormat", dependencies: ["AtomicFiles"], swiftSettings: strict),

    // CSV: rows and cells with positions, encodings.
    .target(name: "CSVFormat", dependencies: ["AtomicFiles", "Localization", algorithms], swiftSettings: strict),

    // XML through libxml2; no module above XMLFormat sees one of its pointers.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev", "pkg-config"])]),
    .target(
      name: "XMLFormat", dependencies: ["CLibXML2", "AtomicFiles", "Localization", "Platform", algorithms],
      swiftSettings: strict),

    // Workbooks (.xlsx) through minizip and libxlsxwriter, which are loaded on use; no module above WorkbookFormat sees
    // one of their pointers.
    .systemLibrary(name: "CWorkbook", providers: [.apt(["libxlsxwriter-dev", "libminizip-dev", "zlib1g-dev"])]),
    .target(
      name: "WorkbookFormat",
      dependencies: ["CWorkbook", "CSVFormat", "XMLFormat", "AtomicFiles", "Localization", "Platform"],
      swiftSettings: strict),

    // Days, deadlines as notices write them, report windows.
    .target(name: "Deadlines", dependencies: ["Localization", "Platform"], swiftSettings: strict),

    // The model, its schema, its registers, and the catalog that is built into the program.
    .target(
      name: "BuiltIn",
      resources: [.embedInCode("catalog"), .embedInCode("service-catalog.xsd")],
      swiftSettings: strict),
    .target(
      name: "Catalog",
      dependencies: [
        "AtomicFiles", "BuiltIn", "CSVFormat", "Deadlines", "Localization", "Platform", "XMLFormat", algorithms,
      ],
      swiftSettings: strict),

    // Rules, and the engine that runs them.
    .target(
      name: "Validator",
      dependencies: ["AtomicFiles", "CSVFormat", "Catalog", "Deadlines", "Localization", "Platform", algorithms],
      swiftSettings: strict),

    // XML, CSV and JSON in and out; imports.
    .target(
      name: "Interchange",
      dependencies: [
        "AtomicFiles", "BuiltIn", "CSVFormat", "Catalog", "Deadlines", "JSONFormat", "Localization", "Platform",
        "Validator", "WorkbookFormat", "XMLFormat", algorithms,
      ],
      swiftSettings: strict),

    // The style sheet and the script of HTML pages.
    .target(
      name: "PageFiles",
      resources: [.embedInCode("page.css"), .embedInCode("filter.css"), .embedInCode("page.js")],
      swiftSettings: strict),

    // Findings and lists as text, JSON, SARIF, JUnit, Markdown and HTML.
    .target(
      name: "Reports",
      dependencies: [
        "AtomicFiles", "CSVFormat", "Catalog", "Deadlines", "Interchange", "JSONFormat", "Localization", "PageFiles",
        "Platform", "Validator", "WorkbookFormat", "XMLFormat", algorithms,
      ],
      swiftSettings: strict),

    // The public library.
    .target(
      name: "OneVisit",
      dependencies: [
        "AtomicFiles", "Catalog", "CSVFormat", "Deadlines", "Interchange", "Localization", "Reports", "Validator",
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "OneVisitCommand",
      dependencies: [
        "AtomicFiles", "CSVFormat", "Catalog", "Deadlines", "Interchange", "Localization", "OneVisit", "Platform",
        "Reports",
        "Validator",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What several test targets share: the built command as a process, folders to edit, golden files. No product.
    .target(name: "TestSupport", path: "Tests/Support/TestSupport", swiftSettings: strict),

    .testTarget(name: "LocalizationTests", dependencies: ["Localization"], swiftSettings: strict),
    // A program for the tests of AtomicFiles to kill; no product.
    .executableTarget(
      name: "FileFaultProbe", dependencies: ["AtomicFiles", "Platform"], path: "Tests/Support/FileFaultProbe",
      swiftSettings: strict),
    .testTarget(
      name: "AtomicFilesTests", dependencies: ["AtomicFiles", "FileFaultProbe", "Platform"], swiftSettings: strict),
    .testTarget(name: "JSONFormatTests", dependencies: ["JSONFormat", "AtomicFiles"], swiftSettings: strict),
    // Documents changed at random, for the tests of validation.
    .target(
      name: "MutatedDocuments", dependencies: ["XMLFormat", "AtomicFiles"], path: "Tests/Support/MutatedDocuments",
      swiftSettings: strict),
    .testTarget(
      name: "XMLFormatTests", dependencies: ["XMLFormat", "AtomicFiles", "MutatedDocuments", "Platform"],
      swiftSettings: strict),
    .testTarget(
      name: "WorkbookFormatTests", dependencies: ["WorkbookFormat", "AtomicFiles", "Platform", "FuzzBodies"],
      swiftSettings: strict),
    .testTarget(name: "CSVFormatTests", dependencies: ["CSVFormat", "AtomicFiles"], swiftSettings: strict),
    .testTarget(name: "DeadlinesTests", dependencies: ["Deadlines", "Platform"], swiftSettings: strict),
    .testTarget(
      name: "CatalogTests", dependencies: ["Catalog", "Platform", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ValidatorTests", dependencies: ["Validator", "Catalog"], exclude: ["Fixtures"], swiftSettings: strict),
    // Its fixtures are read from the source folder.
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "Interchange", "Catalog", "Validator", "CSVFormat", "AtomicFiles", "Platform", "XMLFormat", "TestSupport",
        "FuzzBodies",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Validator", "Catalog", "AtomicFiles", "Localization", "Platform", "TestSupport"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: ["OneVisitCommand", "FuzzBodies", "Localization", "Platform", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: strict),
    // The code of README and of the articles of the library, for OneVisitTests to run; no product.
    .executableTarget(
      name: "LibraryArticle", dependencies: ["OneVisit"], path: "Tests/Support/LibraryArticle", swiftSettings: strict),
    .testTarget(
      name: "OneVisitTests", dependencies: ["OneVisit", "LibraryArticle", "FuzzBodies"], swiftSettings: strict),
    // The command's output, checked with the tools of other projects.
    .testTarget(
      name: "ToolTests",
      dependencies: ["OneVisitCommand", "AtomicFiles", "MutatedDocuments", "Platform", "TestSupport", "XMLFormat"],
      exclude: ["Fixtures", "Scripts"],
      swiftSettings: strict),
    // What the fuzzer tries on its inputs (see Fuzz), run over the corpus; no product.
    .target(
      name: "FuzzBodies",
      dependencies: [
        "AtomicFiles", "CSVFormat", "Catalog", "Deadlines", "Interchange", "Localization", "Platform", "Reports",
        "Validator", "WorkbookFormat",
        "XMLFormat",
      ],
      path: "Fuzz/Sources/Bodies", swiftSettings: strict),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzBodies"], swiftSettings: strict),
  ]
)

if isDocumented {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

if isFuzzed {
  // libFuzzer brings the main function, so that `scripts/fuzz` links the program from a static library.
  package.products.append(.library(name: "Fuzzer", type: .static, targets: ["Fuzzer"]))
  package.targets.append(
    .target(name: "Fuzzer", dependencies: ["FuzzBodies"], path: "Fuzz/Sources/Fuzzer", swiftSettings: strict))
}
