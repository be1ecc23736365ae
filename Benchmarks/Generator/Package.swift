// swift-tools-version: 6.2
import PackageDescription

/// Grows the catalog of this repository to any size, with known defects. Apart from the program on purpose: nothing of
/// what it writes goes through the code that is to be tested with it.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "Generator",
  products: [.executable(name: "catalog-generator", targets: ["catalog-generator"])],
  targets: [
    .target(name: "Growth", swiftSettings: strict),
    .executableTarget(name: "catalog-generator", dependencies: ["Growth"], swiftSettings: strict),
    .testTarget(name: "GrowthTests", dependencies: ["Growth"], swiftSettings: strict),
  ]
)
