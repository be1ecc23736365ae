// swift-tools-version: 6.2
import PackageDescription

/// Every target is Swift 6 language mode with upcoming checks on; the layers stand in order, each naming only those
/// beneath it.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "OneVisit",
  products: [
    .executable(name: "onevisit", targets: ["onevisit"]),
    .library(
      name: "OneVisit",
      targets: ["Wording", "Files", "Markup", "Tables", "Catalog", "Validator", "Interchange", "Reports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // What every layer needs to speak: a text in two languages, and how wide it prints.
    .target(name: "Wording", swiftSettings: strict),

    // Bytes from files, and files replaced as a whole or not at all.
    // CSystem: a header over the few system calls that Swift cannot make.
    .systemLibrary(name: "CSystem"),
    .target(name: "Files", dependencies: ["CSystem", "Wording"], swiftSettings: strict),

    // libxml2, quarantined: nothing above Markup sees one of its pointers.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev", "pkg-config"])]),
    .target(name: "Markup", dependencies: ["CLibXML2", "Files", "Wording"], swiftSettings: strict),

    // CSV: bytes, places, encodings.
    .target(name: "Tables", dependencies: ["Files", "Wording"], swiftSettings: strict),

    // The model, its registers, and the catalog and schema built into the program.
    .target(
      name: "Catalog", dependencies: ["Files", "Tables", "BuiltIn", "Wording"], swiftSettings: strict),
    .target(
      name: "BuiltIn",
      resources: [.embedInCode("catalog"), .embedInCode("service-catalog.xsd")],
      swiftSettings: strict),

    .target(name: "Validator", dependencies: ["Catalog", "Tables", "Files", "Wording"], swiftSettings: strict),
    .target(
      name: "Interchange", dependencies: ["Catalog", "Files", "Markup", "Tables", "BuiltIn", "Validator", "Wording"],
      swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Catalog", "Files", "Validator", "Wording"], swiftSettings: strict),
    .executableTarget(
      name: "onevisit",
      dependencies: [
        "Catalog", "Files", "Interchange", "Reports", "Validator", "Wording",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(name: "WordingTests", dependencies: ["Wording"], swiftSettings: strict),
    // A program for the tests of Files to kill; no product.
    .executableTarget(
      name: "FilesFaultProbe", dependencies: ["Files"], path: "Tests/Support/FilesFaultProbe", swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files", "FilesFaultProbe"], swiftSettings: strict),
    .testTarget(name: "MarkupTests", dependencies: ["Markup", "Files"], swiftSettings: strict),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "Files"], swiftSettings: strict),
    .testTarget(name: "CatalogTests", dependencies: ["Catalog"], swiftSettings: strict),
    .testTarget(name: "ValidatorTests", dependencies: ["Validator", "Catalog"], swiftSettings: strict),
    // Its fixtures are read where they stand.
    .testTarget(
      name: "InterchangeTests", dependencies: ["Interchange", "Catalog", "Validator", "Tables", "Files"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Validator", "Catalog", "Files", "Wording"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["onevisit"], exclude: ["Golden"], swiftSettings: strict),
    // What the command writes, judged by other people's tools. Its support is that of CommandTests, by links.
    .testTarget(
      name: "ToolTests", dependencies: ["onevisit"], exclude: ["Fixtures", "Scripts"], swiftSettings: strict),
    // What the fuzzer tries on its inputs (see Fuzz), run over the corpus; no product.
    .target(
      name: "FuzzBodies",
      dependencies: ["Catalog", "Files", "Interchange", "Markup", "Reports", "Tables", "Validator", "Wording"],
      path: "Fuzz/Sources/Bodies", swiftSettings: strict),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzBodies"], swiftSettings: strict),
  ]
)
