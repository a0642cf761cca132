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
    return launcher.hasPrefix("/") ? launcher : "/proc/self/exe"
  }

  /// The file of the program, links followed.
  public static var url: URL { URL(filePath: path).resolvingSymlinksInPath() }
}
