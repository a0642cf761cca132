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
let grdb = Target.Dependency.product(
  name: "GRDB", package: "GRDB.swift")  // RunStorage: SQLite, migrations, statements
let hummingbirdCore = Target.Dependency.product(
  name: "HummingbirdCore", package: "hummingbird")  // Serving: listening, connections, quiet ends
// Serving as well: what Hummingbird is made of. Bytes become requests, and files of answers bytes.
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yams = Target.Dependency.product(
  name: "Yams", package: "Yams")  // FileLanguage: YAML with line and column of every node

/// What the optimizer of a release is to do, which is most of the time that a release takes to build.
///
/// A release has no tables for debuggers, by which it is half as large; functions keep their names.
enum Optimization {
  /// Keep the code small: measured as fast as with the package manager's own setting, since what trains is
  /// C, and a tenth to a fifth quicker to build.
  case size

  /// Nothing: code that a command waits for hardly longer by that, and that is quicker to build by three quarters.
  case none

  var setting: SwiftSetting {
    .unsafeFlags(
      [self == .size ? "-Osize" : "-Onone", "-Xfrontend", "-gnone"], .when(configuration: .release))
  }
}

/// One room of the house: a Swift target and its shared compiler settings.
func room(
  _ name: String, _ dependencies: [Target.Dependency], for optimization: Optimization = .size
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: strict + [optimization.setting])
}

/// The tests of a room.
///
/// Unlike the room they are not optimised: to compile all of them would take as long as to compile what they
/// test. Only those that do much arithmetic of their own are.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [String] = [],
  for optimization: Optimization = .none
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: dependencies,
    exclude: resources,
    swiftSettings: strict + [optimization.setting])
}

let package = Package(
  name: "Labbook",
  products: [
    .executable(name: "labbook", targets: ["labbook"]),
    .executable(name: "labbook-serve", targets: ["labbook-serve"]),
    // For Benchmarks/, a package of its own.
    .library(
      name: "LabbookCore", targets: ["CKernels", "NeuralNet", "TensorKernels", "Tracking"]),
    .library(name: "LabbookData", targets: ["Datasets", "Tracking"]),
    .library(name: "LabbookStore", targets: ["RunStorage", "Runs", "Tracking"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // Tracking: SHA-256 of keys, data and artifacts, by the processor's own instructions.
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // Datasets: images come gzipped.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Datasets: PNG and JPEG, decoded by stb_image, a header of Debian's libstb-dev; zlib's checksums.
    .target(name: "CImages", linkerSettings: [.linkedLibrary("z")]),
    // Datasets: fields, numbers and words of tables, compiled once for each kind of processor.
    .target(name: "CTables"),
    // Pages: Markdown of text cells.
    .systemLibrary(name: "CMD4C", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    // Programs: regular expressions over what programs print.
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    // Machine: what glibc has beyond POSIX.
    .target(name: "CMachine"),
    // Loops over numbers, compiled once for each kind of processor.
    // Debuggers are told their lines, not their variables: a quarter less to build.
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-Xclang", "-debug-info-kind=line-tables-only"])]),
    // gnuplot-iostream, which is made of Boost, behind a C header.
    .target(
      name: "CGnuplot",
      linkerSettings: [
        .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_filesystem"),
        .linkedLibrary("boost_system"),
      ]),

    room("Tracking", ["CCrypto"]),
    room("Languages", ["Tracking"], for: .none),
    room("Machine", ["CMachine", "Tracking"]),
    room("Terminal", ["Tracking"]),
    room("TensorKernels", ["CKernels", "Machine", "Tracking"]),
    room("NeuralNet", ["TensorKernels", "Tracking"]),
    room(
      "Datasets",
      ["CImages", "CTables", "CZlib", "Machine", "NeuralNet", "TensorKernels", "Tracking"]),
    room("Runs", ["Datasets", "Machine", "NeuralNet", "TensorKernels", "Tracking"]),
    room("Search", ["TensorKernels", "Tracking"]),
    room("FileLanguage", ["Terminal", "Tracking", yams], for: .none),
    room(
      "Experiments",
      [
        "Datasets", "FileLanguage", "Languages", "NeuralNet", "Runs", "Search", "TensorKernels",
        "Tracking",
      ], for: .none),
    room(
      "RunStorage",
      [
        "Datasets", "Languages", "Machine", "Runs", "Tracking", grdb,
      ]),
    room("Drawing", ["Tracking"]),
    room("Figures", ["Drawing", "Languages", "NeuralNet", "Tracking"], for: .none),
    room(
      "Sweeps",
      [
        "Datasets", "Experiments", "FileLanguage", "Languages", "Runs", "Search", "Tracking",
      ]),
    room(
      "GnuplotBackend",
      [
        "CGnuplot", "Drawing", "Figures", "Languages", "Machine", "Tracking",
      ], for: .none),
    room("TerminalBackend", ["Drawing", "Figures", "Terminal", "Tracking"], for: .none),
    room(
      "Training", ["Datasets", "Machine", "NeuralNet", "Runs", "TensorKernels", "Tracking"]),
    room("Programs", ["CPCRE2", "Machine", "Runs", "Terminal", "Tracking"]),
    room(
      "Runner",
      [
        "Machine", "NeuralNet", "RunStorage", "Runs", "Sweeps", "TensorKernels", "Terminal",
        "Tracking",
      ]),
    room("Cluster", ["Machine", "Runner", "Runs", "Terminal", "Tracking"]),
    room(
      "Results",
      [
        "Datasets", "Experiments", "FileLanguage", "Languages", "NeuralNet", "RunStorage", "Runs",
        "Search", "Sweeps", "TensorKernels", "Terminal", "Tracking",
      ], for: .none),
    room(
      "Interchange",
      [
        "Datasets", "Experiments", "NeuralNet", "Results", "RunStorage", "Runs", "TensorKernels",
        "Terminal", "Tracking",
      ]),
    room(
      "Pictures",
      [
        "Drawing", "Datasets", "Experiments", "Figures", "Languages", "NeuralNet", "Results",
        "RunStorage", "Runs", "TensorKernels", "Terminal", "Tracking", "Training",
      ]),
    room(
      "Pages",
      [
        "CMD4C", "Datasets", "Experiments", "Figures", "FileLanguage", "GnuplotBackend",
        "Languages", "Machine", "NeuralNet", "Pictures", "Results", "RunStorage", "Runs", "Search",
        "Sweeps", "Terminal", "Tracking",
      ]),
    room("Web", ["Machine", "Tracking"]),
    .executableTarget(
      name: "labbook",
      dependencies: [
        "Cluster", "Datasets", "Experiments", "FileLanguage", "Figures", "GnuplotBackend",
        "Interchange",
        "Languages", "Machine", "NeuralNet", "Pages", "Pictures", "Programs", "Results",
        "RunStorage", "Runner",
        "Runs",
        "Sweeps", "TensorKernels", "Terminal", "TerminalBackend", "Tracking", "Training",
        "Web", argumentParser,
      ],
      swiftSettings: strict + [Optimization.none.setting]),

    // The server is a program of its own: nothing else waits for its libraries.
    room("TrackingAPI", ["RunStorage", "Runs", "Tracking", "Web"]),
    .target(
      name: "Dashboard",
      dependencies: [
        "Cluster", "Drawing", "Datasets", "Experiments", "Figures", "FileLanguage",
        "GnuplotBackend", "Languages", "Machine", "Pages", "Pictures", "Results", "RunStorage",
        "Runs", "Sweeps", "Terminal", "Tracking", "Web",
      ],
      resources: [
        .embedInCode("Assets/chart-tools.js"),
        .embedInCode("Assets/charts.css"),
        .embedInCode("Assets/curves.js"),
        .embedInCode("Assets/grid.js"),
        .embedInCode("Assets/heat.js"),
        .embedInCode("Assets/labbook.css"),
        .embedInCode("Assets/labbook.js"),
        .embedInCode("Assets/labbook.svg"),
        .embedInCode("Assets/live.js"),
        .embedInCode("Assets/log.js"),
        .embedInCode("Assets/notebook.css"),
        .embedInCode("Assets/notebook.js"),
        .embedInCode("Assets/overview.css"),
        .embedInCode("Assets/parallel.js"),
        .embedInCode("Assets/plot.js"),
        .embedInCode("Assets/rows.js"),
        .embedInCode("Assets/run.css"),
        .embedInCode("Assets/run.js"),
        .embedInCode("Assets/scale.js"),
        .embedInCode("Assets/select.js"),
        .embedInCode("Assets/sweep.js"),
        .embedInCode("Assets/table.css"),
        .embedInCode("Assets/table.js"),
        .embedInCode("Assets/take.js"),
      ],
      swiftSettings: strict + [Optimization.size.setting]),
    room(
      "Serving",
      ["Tracking", "Web", hummingbirdCore, logging, nioCore, nioHTTP1, nioPosix]),
    .executableTarget(
      name: "labbook-serve",
      dependencies: [
        "Dashboard", "Machine", "RunStorage", "Serving", "Terminal", "Tracking", "TrackingAPI",
        "Web",
      ],
      swiftSettings: strict + [Optimization.none.setting]),

    tests("Architecture", []),
    tests("Tracking", ["Tracking"]),
    tests("Languages", ["Languages", "Tracking"]),
    tests("Machine", ["Machine", "Tracking"]),
    tests("Terminal", ["Terminal", "Tracking"]),
    tests("TensorKernels", ["TensorKernels", "Tracking"], for: .size),
    // Counts what a thread takes from the heap, for the test that an update takes nothing.
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    // Starts a program that gets nothing of what tests side by side have open.
    .target(name: "CSpawn", path: "Tests/CSpawn"),
    // What tests of several rooms say of runs.
    .target(
      name: "TestSupport",
      dependencies: [
        "CSpawn", "Cluster", "Datasets", "Experiments", "FileLanguage", "Machine", "NeuralNet",
        "Runner", "Runs", "Sweeps", "Tracking", grdb,
      ],
      path: "Tests/TestSupport", exclude: ["large-store.sql"], swiftSettings: strict),
    // Trains one run for another process: what tests of executors spawn.
    .executableTarget(
      name: "TrainingWorker",
      dependencies: ["Datasets", "Runs", "TestSupport", "Tracking", "Training"],
      path: "Tests/TrainingWorker", swiftSettings: strict),
    tests(
      "NeuralNet",
      [
        "CAllocationCounter", "Machine", "NeuralNet", "TensorKernels", "TestSupport", "Tracking",
      ],
      resources: ["Fixtures"]),
    tests(
      "Datasets", ["Datasets", "Machine", "NeuralNet", "TensorKernels", "Tracking"],
      resources: ["Fixtures"]),
    tests("Search", ["Search", "Tracking"]),
    tests(
      "Experiments",
      [
        "Datasets", "Experiments", "FileLanguage", "Languages", "NeuralNet", "Runs", "Search",
        "TestSupport", "Tracking",
      ],
      resources: ["Fixtures"]),
    tests(
      "RunStorage", ["Datasets", "Machine", "RunStorage", "Runs", "Tracking", grdb],
      resources: ["Fixtures"]),
    tests("Drawing", ["Drawing"]),
    // Figures of every builder, drawn by every renderer.
    tests(
      "Figures",
      [
        "Drawing", "Figures", "GnuplotBackend", "Languages", "NeuralNet", "Terminal",
        "TerminalBackend", "Tracking",
      ]),
    tests(
      "Sweeps",
      [
        "Datasets", "Experiments", "FileLanguage", "NeuralNet", "Runs", "Search", "Sweeps",
        "TestSupport", "Tracking",
      ]),
    tests("GnuplotBackend", ["Drawing", "Figures", "GnuplotBackend", "TestSupport", "Tracking"]),
    tests("TerminalBackend", ["Drawing", "Figures", "Terminal", "TerminalBackend", "Tracking"]),
    tests(
      "Reports",
      [
        "Drawing", "Datasets", "Experiments", "Figures", "FileLanguage", "Interchange", "Languages",
        "NeuralNet", "Pages", "Pictures", "Results", "RunStorage", "Runner", "Runs", "Sweeps",
        "TensorKernels", "Terminal", "TerminalBackend", "TestSupport", "Tracking", "Training",
      ],
      resources: ["Fixtures"]),
    tests(
      "Training",
      [
        "Datasets", "Experiments", "Machine", "NeuralNet", "Runs", "TensorKernels", "TestSupport",
        "Tracking", "Training",
      ]),
    tests(
      "Dashboard",
      [
        "Dashboard", "Datasets", "Experiments", "Machine", "Results", "RunStorage", "Runs",
        "Sweeps", "Terminal", "TestSupport", "Tracking", "Web", grdb,
      ],
      resources: ["Fixtures"]),
    tests("Programs", ["Machine", "Programs", "Runs", "Tracking"], resources: ["Fixtures"]),
    tests(
      "Runner",
      [
        "Cluster", "Datasets", "Experiments", "Machine", "NeuralNet", "RunStorage", "Runner",
        "Runs", "Sweeps", "TensorKernels", "Terminal", "TestSupport", "Tracking", "Training",
        "TrainingWorker",
      ]),
    tests(
      "Cluster",
      [
        "Cluster", "Datasets", "Experiments", "RunStorage", "Runner", "Runs", "Sweeps",
        "TestSupport", "Tracking", "Training",
      ]),
    tests("TrackingAPI", ["RunStorage", "Runs", "Tracking", "TrackingAPI", "Web"]),
    tests("Serving", ["Serving", "Tracking", "Web"]),
    tests(
      "EndToEnd",
      [
        "Languages", "RunStorage", "Runner", "Runs", "TestSupport", "Tracking", "labbook",
        "labbook-serve", grdb,
      ],
      resources: ["Fixtures"]),
  ],
  cLanguageStandard: .gnu17,
  cxxLanguageStandard: .cxx17
)
