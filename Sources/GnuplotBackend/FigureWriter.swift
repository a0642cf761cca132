public import Figures
package import Foundation
import Synchronization
public import Tracking

/// Draws figures into files, each gnuplot process drawing many; safe to use from many threads.
public final class FigureWriter: Sendable {
  private let program: String
  private let timeoutSeconds: Int
  private let silentSeconds: Int
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
  ///   - silentSeconds: how long gnuplot may be silent before that is said; `nil` for 5 seconds, less
  ///     where it has less time to answer.
  ///   - notice: takes a sentence for people while gnuplot has not answered for a while, and where a
  ///     picture would have been too large.
  public init(
    program: String = "gnuplot", timeoutSeconds: Int = 120,
    silentSeconds: Int? = nil,
    notice: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.program = program
    self.timeoutSeconds = timeoutSeconds
    self.silentSeconds = silentSeconds ?? min(5, max(1, GnuplotSession.firstSeconds / 2))
    self.notice = notice
  }

  /// Draws `figure` into the file at `path`, in the format its extension names.
  ///
  /// The file takes its name when it is whole. With `keepsScript` a gnuplot script and its data
  /// stand beside it (`loss.gp`, `loss.data` beside `loss.svg`); `gnuplot loss.gp` draws it again.
  /// - Throws: `LabbookError` with gnuplot's own words, or what kept the file from being written.
  public func write(
    _ figure: Figure, to path: String, _ manner: OutputFile.Manner = .named,
    keepsScript: Bool = false
  ) throws(LabbookError) {
    try write(figure, to: [path], manner, keepsScript: keepsScript)
  }

  /// Draws `figure` into several files, such as one of each format.
  ///
  /// - Parameter streamFormat: how it is drawn into a pipe or a device whose name says no format.
  public func write(
    _ figure: Figure, to paths: [String], _ manner: OutputFile.Manner = .named,
    streamFormat: PictureFormat = .svg, keepsScript: Bool = false
  ) throws(LabbookError) {
    let targets = try paths.map { path throws(LabbookError) in
      let isStream = manner == .named && OutputFile.isStream(path)
      guard let format = PictureFormat(path: path) ?? (isStream ? streamFormat : nil) else {
        let known = PictureFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
        throw .input(
          "'\(path)' does not say what picture to write.", hint: "End the name in one of \(known).")
      }
      guard !isStream || !keepsScript else {
        throw .input("'\(path)' is no file: a script cannot be kept beside it.")
      }
      return (path: path, format: format)
    }
    if let sheet = try SheetPicture(figure, targets.map(\.format)) {
      for target in targets {
        try PictureFile.makeFolder(of: target.path)
        try OutputFile.write(Data(sheet.svg.utf8), to: target.path, manner)
      }
      return
    }
    let script = script(of: figure)
    let words = PictureWords(figure, script)
    let scratch = try ScratchFolder(script.data.bytes)
    if let first = paths.first { sayHeight(of: script.layout, for: first) }
    for target in targets {
      try PictureFile.makeFolder(of: target.path)
      let picture =
        target.format == .svg && figure.moments.count > 1
        ? try moving(figure, for: target.path)
        : try draw(script, words, in: scratch, target.format, for: target.path)
      try OutputFile.write(picture, to: target.path, manner)
      if keepsScript { try keep(script, target.format, beside: target.path, manner) }
    }
  }

  /// Draws `figure` as SVG into memory.
  ///
  /// - Throws: `LabbookError` with gnuplot's own words.
  public func svg(_ figure: Figure) throws(LabbookError) -> String {
    String(decoding: try picture(of: figure, .svg), as: UTF8.self)
  }

  /// Draws `figure` into memory, as a file of a format holds it.
  ///
  /// - Throws: `LabbookError` with gnuplot's own words.
  package func picture(of figure: Figure, _ format: PictureFormat) throws(LabbookError) -> Data {
    if let sheet = try SheetPicture(figure, [format]) { return Data(sheet.svg.utf8) }
    if format == .svg, figure.moments.count > 1 { return try moving(figure, for: figure.title) }
    let script = script(of: figure)
    let scratch = try ScratchFolder(script.data.bytes)
    let words = PictureWords(figure, script)
    return try draw(script, words, in: scratch, format, for: figure.title)
  }

  /// The SHA-256 of all that a picture is drawn from: commands, numbers, words and size.
  public func fingerprint(of figure: Figure) -> String {
    if let sheet = figure.sheet { return SHA256Digest.hex(of: SheetPicture(sheet, figure).svg) }
    if !figure.moments.isEmpty {
      return SHA256Digest.hex(of: figure.moments.map(fingerprint).joined(separator: "\n"))
    }
    let script = Script(figure)
    var digest = SHA256Digest()
    for text in [script.terminal(.svg), script.commands, PictureWords(figure, script).text] {
      digest.update(Data((text + "\n").utf8))
    }
    digest.update(Data(script.data.bytes))
    return digest.hex()
  }

  /// The moments of a figure, each drawn by gnuplot, as one drawing.
  private func moving(_ figure: Figure, for target: String) throws(LabbookError) -> Data {
    let drawings = try figure.moments.map { moment throws(LabbookError) -> String in
      let script = script(of: moment)
      let scratch = try ScratchFolder(script.data.bytes)
      let drawn = try draw(script, PictureWords(moment, script), in: scratch, .svg, for: target)
      return String(decoding: drawn, as: UTF8.self)
    }
    return Data(try MovingPicture(drawings).svg.utf8)
  }

  private func script(of figure: Figure) -> Script {
    precondition(!figure.panels.joined().isEmpty, "a figure has a panel")
    return Script(figure)
  }

  /// Tells people a sentence.
  func say(_ sentence: String) { notice(sentence) }

  /// What gnuplot draws, whole, and no larger than it should be.
  private func draw(
    _ script: Script, _ words: PictureWords, in scratch: ScratchFolder, _ format: PictureFormat,
    for target: String
  ) throws(LabbookError) -> Data {
    let picture = try drawn(script, words, in: scratch, format, for: target)
    if format != .svg { return picture }
    return try bounded(picture, for: target) { share throws(LabbookError) in
      try drawn(script, words, in: scratch, .png, for: target, share)
    }
  }

  private func drawn(
    _ script: Script, _ words: PictureWords, in scratch: ScratchFolder, _ format: PictureFormat,
    for target: String, _ share: Double = 1
  ) throws(LabbookError) -> Data {
    let picture = scratch.picture(format)
    let commands = """
      reset session
      data = \(Quoting.quoted(path: scratch.numbers))
      \(script.terminal(format, share: share))
      set output \(Quoting.quoted(path: picture))
      \(script.commands)unset output
      """
    let onSilence = { [notice, silentSeconds] in
      notice("gnuplot has not answered for \(silentSeconds) s: \(target)")
    }
    try withSession(onSilence) { session throws(LabbookError) in
      try session.run(commands, timeoutSeconds: timeoutSeconds, onSilence: onSilence)
    }
    let drawn = FileManager.default.contents(atPath: picture) ?? Data()
    return try PictureFile.finished(drawn, format, words: words, for: target)
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
        program: program, timeoutSeconds: timeoutSeconds, silentSeconds: silentSeconds,
        onSilence: onSilence)
    } catch let silent as GnuplotSession.Silent {
      silence.withLock { $0 = silent.error }
      throw silent.error
    } catch { throw error as? LabbookError ?? .failure("\(error)") }
  }

  private func keep(
    _ script: Script, _ format: PictureFormat, beside path: String, _ manner: OutputFile.Manner
  ) throws(LabbookError) {
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
    try OutputFile.write(Data(script.data.bytes), to: stem + ".data", manner)
    try OutputFile.write(Data(text.utf8), to: stem + ".gp", manner)
  }
}
