// swift-tools-version: 6.2
import PackageDescription

/// Generates catalogs of any size from that of this repository, with known defects. Separate from the program: none of
/// its output is written by the code that is tested with it.
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
