public import Figures
import Foundation
import Synchronization
public import Tracking

/// Draws figures into files, each gnuplot process drawing many; safe to use from many threads.
public final class FigureWriter: Sendable {
  private let program: String
  private let timeoutSeconds: Int
  private let notice: @Sendable (String) -> Void
  /// Why gnuplot is not asked any more: it was started and has never answered.
  private let silence = Mutex<LabbookError?>(nil)
  private let idle = Mutex<[Parked]>([])

  /// A session no thread is using.
  private struct Parked: @unchecked Sendable { let session: GnuplotSession }

  /// Makes a writer; gnuplot starts with the first figure.
  ///
  /// - Parameters:
  ///   - program: gnuplot's name or path.
  ///   - timeoutSeconds: how long one picture may take.
  ///   - notice: takes a sentence for people while gnuplot has not answered for a while.
  public init(
    program: String = "gnuplot", timeoutSeconds: Int = 120,
    notice: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.program = program
    self.timeoutSeconds = timeoutSeconds
    self.notice = notice
  }

  /// Draws `figure` into the file at `path`, in the format its extension names.
  ///
  /// The file takes its name when it is whole. With `keepsScript` a gnuplot script and its data
  /// stand beside it (`loss.gp`, `loss.data` beside `loss.svg`); `gnuplot loss.gp` draws it again.
  /// - Throws: `LabbookError` with gnuplot's own words, or what kept the file from being written.
  public func write(_ figure: Figure, to path: String, keepsScript: Bool = false)
    throws(LabbookError)
  {
    try write(figure, to: [path], keepsScript: keepsScript)
  }

  /// Draws `figure` into several files, such as one of each format.
  public func write(_ figure: Figure, to paths: [String], keepsScript: Bool = false)
    throws(LabbookError)
  {
    let targets = try paths.map { path throws(LabbookError) in
      guard let format = PictureFormat(path: path) else {
        let known = PictureFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
        throw .input(
          "'\(path)' does not say what picture to write.", hint: "End the name in one of \(known).")
      }
      return (path: path, format: format)
    }
    precondition(!figure.panels.joined().isEmpty, "a figure has a panel")
    let script = Script(figure)
    let scratch = try ScratchFolder()
    let data = scratch.path + "/figure.data"
    try PictureFile.save(Data(script.data.bytes), at: data)
    for target in targets {
      try draw(script, title: figure.title, data: data, target.format, to: target.path)
      if keepsScript { try keep(script, target.format, beside: target.path) }
    }
  }

  /// The SHA-256 of all that a picture is drawn from: commands, numbers, title and size.
  public func fingerprint(of figure: Figure) -> String {
    let script = Script(figure)
    var digest = SHA256Digest()
    for text in [script.terminal(.svg), script.commands, figure.title] {
      digest.update(Data((text + "\n").utf8))
    }
    digest.update(Data(script.data.bytes))
    return digest.hex()
  }

  private func draw(
    _ script: Script, title: String, data: String, _ format: PictureFormat, to path: String
  ) throws(LabbookError) {
    try PictureFile.makeFolder(of: path)
    let partial = PictureFile.partial(path)
    defer { try? FileManager.default.removeItem(atPath: partial) }
    let commands = """
      reset session
      data = \(Quoting.quoted(path: data))
      \(script.terminal(format))
      set output \(Quoting.quoted(path: partial))
      \(script.commands)unset output
      """
    let onSilence = { [notice] in notice("gnuplot has not answered for 5 s: \(path)") }
    try withSession(onSilence) { session throws(LabbookError) in
      try session.run(commands, timeoutSeconds: timeoutSeconds, onSilence: onSilence)
    }
    try PictureFile.finish(partial, as: path, format: format, title: title)
  }

  /// A session that is free, or a new one; it is free again only if all went well.
  private func withSession(
    _ onSilence: @escaping () -> Void, _ body: (GnuplotSession) throws(LabbookError) -> Void
  ) throws(LabbookError) {
    let parked = idle.withLock { $0.popLast() }
    let session: GnuplotSession
    if let parked {
      session = parked.session
    } else {
      session = try newSession(onSilence)
    }
    try body(session)
    let free = Parked(session: session)
    idle.withLock { $0.append(free) }
  }

  private func newSession(
    _ onSilence: @escaping () -> Void
  ) throws(LabbookError) -> GnuplotSession {
    if let error = silence.withLock({ $0 }) { throw error }
    do {
      return try GnuplotSession(
        program: program, timeoutSeconds: timeoutSeconds, onSilence: onSilence)
    } catch let silent as GnuplotSession.Silent {
      silence.withLock { $0 = silent.error }
      throw silent.error
    } catch { throw error as? LabbookError ?? .failure("\(error)") }
  }

  private func keep(_ script: Script, _ format: PictureFormat, beside path: String)
    throws(LabbookError)
  {
    let stem = String(path.dropLast(format.rawValue.count + 1))
    let name = String(stem[(stem.lastIndex(of: "/").map(stem.index(after:)) ?? stem.startIndex)...])
    let text = """
      # Draws \(name.filter { !$0.isNewline }).\(format.rawValue) beside itself; its numbers are in the .data file.
      folder(path, n) = n == 0 ? "" : path[n:n] eq "/" ? path[1:n] : folder(path, n - 1)
      here = exists("ARG0") ? folder(ARG0, strlen(ARG0)) : ""
      data = here.\(Quoting.quoted(path: name + ".data"))
      \(script.terminal(format))
      set output here.\(Quoting.quoted(path: name + "." + format.rawValue))
      \(script.commands)unset output

      """
    try PictureFile.save(Data(script.data.bytes), at: stem + ".data")
    try PictureFile.save(Data(text.utf8), at: stem + ".gp")
  }
}
