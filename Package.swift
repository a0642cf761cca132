// swift-tools-version: 6.1

import PackageDescription

/// The settings every Swift target of this package is compiled with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// Third-party products. Each has one home, named here with the reason it is there.
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")  // labbook: commands and their help
let crypto = Target.Dependency.product(
  name: "Crypto", package: "swift-crypto")  // Tracking: SHA-256 of keys, data and artifacts
let grdb = Target.Dependency.product(
  name: "GRDB", package: "GRDB.swift")  // RunStorage: SQLite, migrations, statements
let yams = Target.Dependency.product(
  name: "Yams", package: "Yams")  // Experiments: YAML with line and column of every node

/// One room of the house: a Swift target and its tests' shared compiler settings.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [String] = []) -> Target
{
  .testTarget(
    name: name + "Tests",
    dependencies: dependencies,
    exclude: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "Labbook",
  products: [
    .executable(name: "labbook", targets: ["labbook"]),
    // For Benchmarks/, a package of its own.
    .library(
      name: "LabbookCore", targets: ["CKernels", "NeuralNet", "TensorKernels", "Tracking"]),
    .library(name: "LabbookStore", targets: ["RunStorage", "Tracking"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // Datasets: images come gzipped.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Reports: Markdown of text cells.
    .systemLibrary(name: "CMD4C", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    // Loops over numbers, compiled once for each kind of processor.
    .target(name: "CKernels"),
    // gnuplot-iostream, which is made of Boost, behind a C header.
    .target(
      name: "CGnuplot",
      linkerSettings: [
        .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_filesystem"),
        .linkedLibrary("boost_system"),
      ]),

    room("Tracking", [crypto]),
    room("Terminal", ["Tracking"]),
    room("TensorKernels", ["CKernels", "Tracking"]),
    room("NeuralNet", ["TensorKernels", "Tracking"]),
    room("Datasets", ["CZlib", "NeuralNet", "TensorKernels", "Tracking"]),
    room("Experiments", ["Datasets", "NeuralNet", "Tracking", yams]),
    room("RunStorage", ["Tracking", grdb]),
    room("Figures", ["Datasets", "Experiments", "NeuralNet", "RunStorage", "Tracking"]),
    room("Sweeps", ["Datasets", "Experiments", "NeuralNet", "RunStorage", "Tracking"]),
    room("GnuplotBackend", ["CGnuplot", "Experiments", "Figures", "Tracking"]),
    room("Training", ["Datasets", "Experiments", "NeuralNet", "TensorKernels", "Tracking"]),
    room(
      "Reports",
      [
        "CMD4C", "Datasets", "Experiments", "Figures", "GnuplotBackend", "NeuralNet", "RunStorage",
        "Sweeps", "TensorKernels", "Terminal", "Tracking", "Training",
      ]),
    room(
      "Runner",
      [
        "Datasets", "Experiments", "NeuralNet", "RunStorage", "Sweeps", "TensorKernels", "Terminal",
        "Tracking", "Training",
      ]),
    .executableTarget(
      name: "labbook",
      dependencies: [
        "Datasets", "Experiments", "Figures", "GnuplotBackend", "NeuralNet", "Reports",
        "RunStorage",
        "Runner", "Sweeps", "Terminal", "Tracking", "Training", argumentParser,
      ],
      swiftSettings: strict),

    tests("Architecture", []),
    tests("Tracking", ["Tracking"]),
    tests("Terminal", ["Terminal", "Tracking"]),
    tests("TensorKernels", ["TensorKernels"]),
    // Counts what a thread takes from the heap, for the test that an update takes nothing.
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    tests(
      "NeuralNet", ["CAllocationCounter", "NeuralNet", "TensorKernels", "Tracking"],
      resources: ["Fixtures"]),
    tests("Datasets", ["Datasets", "TensorKernels", "Tracking"], resources: ["Fixtures"]),
    tests(
      "Experiments", ["Experiments", "Datasets", "NeuralNet", "Tracking"], resources: ["Fixtures"]),
    tests("RunStorage", ["RunStorage", "Tracking"], resources: ["Fixtures"]),
    tests("Figures", ["Figures", "NeuralNet", "Tracking"]),
    tests("Sweeps", ["Sweeps", "Datasets", "Experiments", "NeuralNet", "Tracking"]),
    tests("GnuplotBackend", ["GnuplotBackend", "Experiments", "Figures", "NeuralNet", "Tracking"]),
    tests(
      "Reports",
      [
        "Reports", "Datasets", "Experiments", "Figures", "GnuplotBackend", "NeuralNet",
        "RunStorage", "Runner", "Sweeps", "TensorKernels", "Terminal", "Tracking",
      ]),
    tests("Training", ["Training", "Experiments", "Datasets", "NeuralNet", "Tracking"]),
    tests(
      "Runner",
      [
        "Runner", "Datasets", "Experiments", "NeuralNet", "RunStorage", "Sweeps", "Terminal",
        "Tracking",
      ]),
    tests("EndToEnd", ["labbook", "RunStorage", "Tracking", grdb]),
  ],
  cLanguageStandard: .gnu17,
  cxxLanguageStandard: .cxx17
)
