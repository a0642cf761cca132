/// Whether a program works and tells nothing: what it prints into a file may wait in a buffer of its own.
package struct SilentOutput {
  private var nextLook = Self.shortest
  private var hasTold = false
  private var hasToldNote = false

  /// Seconds before anything is said.
  package static let shortest = 10.0

  /// Makes one of a program that has just begun.
  package init() {}

  private static let wayOut =
    "start it by stdbuf -oL (C, C++), by python -u, or let it flush each line"

  /// What is to be said of a program at work; `nil` where nothing is, or it was said before.
  ///
  /// - Parameters:
  ///   - seconds: since it was started.
  ///   - hasTold: whether anything of it was read so far.
  ///   - cpuSeconds: what it has computed; asked now and then alone.
  package mutating func note(
    after seconds: Double, hasTold: Bool, cpuSeconds: () -> Double
  ) -> String? {
    if hasTold { self.hasTold = true }
    guard !self.hasTold, !hasToldNote, seconds >= nextLook else { return nil }
    nextLook = seconds * 2
    let cpu = cpuSeconds()
    guard cpu >= seconds / 4 else { return nil }
    hasToldNote = true
    return
      "nothing of its output has come in \(Int(seconds)) s, in which it used \(Int(cpu)) s of a core: "
      + "what it prints may wait in a buffer; " + Self.wayOut
  }

  /// What is to be said of a program that has ended; `nil` where nothing is.
  ///
  /// - Parameter steps: how many steps were told at its end, after nothing was told before.
  package func note(atEnd seconds: Double, steps: Int) -> String? {
    guard !hasTold, seconds >= Self.shortest, steps > 1 else { return nil }
    return
      "all it told, \(steps) steps, came at its end: nobody could see how far it was, nor end it early; "
      + Self.wayOut
  }
}
