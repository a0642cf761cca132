import CMachine
public import Foundation

/// The program that this process is.
public enum OwnExecutable {
  /// The variable by which a launcher says what started this process.
  ///
  /// A package that carries its libraries starts `labbook` through the loader it carries, and then
  /// the system says that the loader is the program.
  public static let launcherVariable = "LABBOOK_LAUNCHER"

  /// What starts this program again: the launcher, where there was one.
  public static var path: String {
    let launcher = ProcessInfo.processInfo.environment[launcherVariable] ?? ""
    if launcher.hasPrefix("/") { return launcher }
    let link = "/proc/self/exe"
    return FileManager.default.fileExists(atPath: link) ? link : started ?? link
  }

  /// The file that this process was started from, for a root in which nobody has mounted `/proc`; `nil` where
  /// the kernel did not say it.
  ///
  /// A relative path is of the folder in which this is first asked.
  package static let started: String? = labbook_started_path().map {
    URL(filePath: String(cString: $0)).absoluteURL.path(percentEncoded: false)
  }

  /// The words that this process was started with, its name first.
  ///
  /// Swift looks for them beside the environment, and finds none where a library that is loaded before has
  /// changed that, as those do that watch programs of a cluster or change their clock.
  public static let words: [String] = {
    var first: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = Int(labbook_words(&first))
    guard count > 0, let first else { return CommandLine.arguments }
    return (0..<count).compactMap { first[$0].map { String(cString: $0) } }
  }()

  /// The file of the program, links followed.
  public static var url: URL { URL(filePath: path).resolvingSymlinksInPath() }
}
