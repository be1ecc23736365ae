// swift-tools-version: 6.2
import PackageDescription

/// Fuzzing with libFuzzer, apart from the ordinary build: see `scripts/fuzz`.
///
/// What is tried on an input stands in `Sources/Bodies`, which the ordinary tests run over the corpus as well.
let package = Package(
  name: "Fuzz",
  // libFuzzer has a main function of its own, so the program is linked by `scripts/fuzz`.
  products: [.library(name: "Fuzzer", type: .static, targets: ["Fuzzer"])],
  dependencies: [.package(name: "OneVisit", path: "..")],
  targets: [
    .target(
      name: "Bodies", dependencies: [.product(name: "OneVisit", package: "OneVisit")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .target(name: "Fuzzer", dependencies: ["Bodies"], swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
