import Foundation
import Machine
import Tracking

/// Watches the signs of life that another machine writes for a store.
struct LeaseWatch {
  private let store: String
  private let file: LeaseFile
  private let sharing: StoreSharing

  init(_ store: String, _ file: LeaseFile, _ sharing: StoreSharing) {
    (self.store, self.file, self.sharing) = (store, file, sharing)
  }

  /// What came of watching.
  enum Outcome {
    /// What stood there is gone, or this machine has it now.
    case changed
    /// Nobody has it: it was never written, or by this machine before its last start.
    case abandoned
  }

  /// Watches until there is a sign, or there was none for too long.
  ///
  /// - Parameter first: what stood there.
  /// - Throws: `LabbookError` that names the machine which has the store, or had it when it fell silent.
  func outcome(_ first: Data) throws(LabbookError) -> Outcome {
    let end = ContinuousClock.now + .seconds(sharing.silenceSeconds)
    let pause = UInt32(min(0.25, sharing.renewalSeconds / 4) * 1e6)
    while ContinuousClock.now < end {
      usleep(pause)
      guard let now = try file.read() else { return .changed }
      if now == first { continue }
      guard let sign = LeaseFile.sign(now), !sign.host.shares(with: sharing.host) else {
        return .changed
      }
      throw inUse(sign)
    }
    guard let sign = LeaseFile.sign(first) else {
      if first.isEmpty { return .abandoned }
      throw silent("somebody whose name cannot be read there")
    }
    if sharing.host.isLaterStart(of: sign.host) { return .abandoned }
    throw silent(Self.words(sign))
  }

  private var kind: String { sharing.fileSystem ?? "a file system of several machines" }

  private func inUse(_ sign: LeaseSign) -> LabbookError {
    .failure(
      "the store '\(store)' is in use by \(Self.words(sign)), and on \(kind) one machine has it at a "
        + "time; this is '\(printed(sharing.host.name))'",
      hint: "run this there, or wait until that process ends; 'labbook export store --out COPY' "
        + "there makes a copy to read elsewhere")
  }

  private func silent(_ who: String) -> LabbookError {
    .failure(
      "the store '\(store)' was last used by \(who), without a sign of life for "
        + "\(Int(sharing.silenceSeconds.rounded(.up))) s now; this is '\(printed(sharing.host.name))'",
      hint: "where that machine is off or that process has ended, remove '\(file.path)' and run "
        + "this again; where it is only cut off or asleep, wait: two that write damage the store")
  }

  static func words(_ sign: LeaseSign) -> String {
    "labbook on '\(printed(sign.host.name))' (process \(sign.process), since \(printed(sign.since)))"
  }
}

/// A word that others may have written, as it may stand in a message.
private func printed(_ text: String) -> String {
  String(text.prefix(100).map { $0.isLetter || $0.isNumber || "-_.:".contains($0) ? $0 : "?" })
}
