// swift-tools-version: 6.1

import PackageDescription

/// The settings every Swift target of Labbook is compiled with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "LabbookBenchmarks",
  dependencies: [.package(name: "Labbook", path: "..")],
  targets: [
    // The machine's arithmetic limit: a loop of nothing but multiply-and-add.
    .target(name: "CPeak"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .executableTarget(
      name: "measure",
      dependencies: [
        "CPeak", "CSQLite",
        .product(name: "LabbookCore", package: "Labbook"),
        .product(name: "LabbookData", package: "Labbook"),
        .product(name: "LabbookStore", package: "Labbook"),
      ],
      swiftSettings: strict),
  ],
  cLanguageStandard: .gnu17
)
