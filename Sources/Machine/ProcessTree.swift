import Foundation
import Glibc

/// The processes below another, as the kernel lists them.
enum ProcessTree {
  /// The memory that all processes below one hold, in bytes.
  static func memory(below process: pid_t) -> Int {
    let page = Int(getpagesize())
    var waiting = children(of: process)
    var pages = 0
    // A program that starts others for ever is not followed for ever.
    var left = 10_000
    while let next = waiting.popLast(), left > 0 {
      left -= 1
      pages += residentPages(of: next)
      waiting += children(of: next)
    }
    return pages * page
  }

  /// The second number of `statm`.
  private static func residentPages(of process: pid_t) -> Int {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/statm") else {
      return 0
    }
    let words = String(decoding: data, as: UTF8.self).split(separator: " ")
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  /// What any of its threads has started.
  private static func children(of process: pid_t) -> [pid_t] {
    let folder = "/proc/\(process)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return threads.flatMap { thread -> [pid_t] in
      let data = FileManager.default.contents(atPath: "\(folder)/\(thread)/children") ?? Data()
      return String(decoding: data, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
    }
  }
}
