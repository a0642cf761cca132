import Foundation
import Testing

/// What keeps a build from being made is told at once, with the way out: copies of the scripts, with a
/// `swift` of the test's own.
struct ScriptsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A copy of what the scripts need, where `swift` does what a shell's text says.
  private func copy(swift: String?) throws -> Workplace {
    let place = try Workplace()
    let files = FileManager.default
    for folder in ["scripts", "bin"] {
      try files.createDirectory(
        atPath: place.path + "/" + folder, withIntermediateDirectories: true)
    }
    for name in ["scripts/setup", "scripts/install", "Package.swift"] {
      try files.copyItem(
        at: Self.root.appending(path: name), to: URL(filePath: place.path + "/" + name))
    }
    if let swift {
      try place.write("bin/swift", "#!/bin/sh\n" + swift + "\n")
      try files.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: place.path + "/bin/swift")
    }
    return place
  }

  private func run(
    _ place: Workplace, _ script: String, _ arguments: [String] = [], path: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let path = path ?? place.path + "/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
    return try RunningTool(
      executable: "/bin/sh", ["scripts/" + script] + arguments, folder: place.path,
      environment: environment.merging(["PATH": path]) { $1 }
    ).wait()
  }

  @Test func anOldSwiftIsToldAtOnce() throws {
    let place = try copy(
      swift:
        "[ \"$1\" = --version ] && echo 'Swift version 5.10.1 (swift-5.10.1-RELEASE)' || exit 9")
    for script in ["setup", "install"] {
      let outcome = try run(place, script, script == "install" ? [place.path + "/out"] : [])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("Swift 6.3 or later, and \(place.path)/bin/swift is 5.10.1"))
      #expect(outcome.errors.contains("https://www.swift.org/install/linux/"))
      #expect(!place.exists("out"))
    }
  }

  @Test(arguments: ["6.3", "6.3.1", "6.10", "7.0.1", "10.2"])
  func aNewSwiftIsTaken(_ version: String) throws {
    let place = try copy(
      swift: "[ \"$1\" = --version ] && echo 'Swift version \(version)' || exit 0")
    let outcome = try run(place, "setup")
    #expect(!outcome.errors.contains("or later"), "\(outcome.errors)")
  }

  @Test func noSwiftIsToldAtOnce() throws {
    let place = try copy(swift: nil)
    let outcome = try run(place, "setup", path: "/usr/bin:/bin")
    // A machine may have one among its own programs.
    if FileManager.default.isExecutableFile(atPath: "/usr/bin/swift") { return }
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("'swift' is not on the PATH"))
  }

  /// Without a network libraries cannot be fetched: what is missing, and two ways out.
  @Test func noNetworkIsToldBeforeTheBuild() throws {
    let place = try copy(
      swift: """
        case "$1" in
          --version) echo 'Swift version 6.3.1' ;;
          package) echo "error: Failed to clone" >&2; exit 1 ;;
          *) touch built ;;
        esac
        """)
    let outcome = try run(place, "install", [place.path + "/out"])
    // Where Debian packages are missing too, that is said first.
    guard !outcome.errors.contains("Debian packages are missing"),
      !outcome.errors.contains("not a Debian system")
    else { return }
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("could not be fetched: swift-argument-parser swift-log"))
    #expect(outcome.errors.contains(" GRDB.swift hummingbird Yams"))
    #expect(outcome.errors.contains("copy .build/") && outcome.errors.contains("scripts/package"))
    #expect(!place.exists("built") && !place.exists("out"))
  }

  /// A folder of one's own is proposed where the usual one cannot be written; CDPATH leads nowhere else.
  @Test func aPrefixThatCannotBeWrittenIsToldBeforeTheBuild() throws {
    let place = try copy(swift: "touch built")
    try place.write("file", "")
    let outcome = try run(
      place, "install", [place.path + "/file/below"], environment: ["CDPATH": "/:/usr"])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("cannot be written to. Name a folder of your own"))
    #expect(!place.exists("built"))
    #expect(try run(place, "install", ["--prefix"]).status == 2)
  }
}
