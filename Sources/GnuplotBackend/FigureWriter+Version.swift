import Foundation
import Machine
public import Tracking

extension FigureWriter {
  /// What `gnuplot --version` prints: `gnuplot 5.4 patchlevel 4`.
  ///
  /// - Throws: `LabbookError` where it is not there, cannot be run or does not answer.
  public static func programVersion(
    _ program: String = "gnuplot", seconds: Double? = nil
  ) throws(LabbookError) -> String {
    if let missing = missing(program) { throw missing }
    let answer = try OutsideProgram.ask(
      program, ["--version"], seconds: seconds ?? Double(OutsideProgram.patience(usual: 10)))
    guard answer.status == 0 else { throw .failure("'\(program)' cannot be run") }
    return answer.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What is to be said where there is no gnuplot; it is looked for and not started.
  public static func missing(_ program: String = "gnuplot") -> LabbookError? {
    if OutsideProgram.find(program) != nil { return nil }
    return .failure(
      "Figures need gnuplot, and '\(program)' was not found.",
      hint: "Install it: sudo apt-get install gnuplot-nox")
  }
}
