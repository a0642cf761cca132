import Foundation
import Glibc
import Tracking

/// The cards that the drivers of a machine know.
struct DriverCards {
  let cards: [Card]
  let maker: CardMaker
  /// Where they were found, for people.
  let source: String

  /// Asks `nvidia-smi`, then looks into the folders of NVIDIA's and AMD's drivers.
  ///
  /// - Parameter root: the folder in which `proc` and `sys` lie; another one in tests.
  static func find(root: String = "") -> DriverCards {
    if let cards = asked() {
      return DriverCards(cards: cards, maker: .nvidia, source: "nvidia-smi")
    }
    let listed = nvidia(root)
    if !listed.isEmpty {
      return DriverCards(cards: listed, maker: .nvidia, source: "/proc/driver/nvidia")
    }
    let others = amd(root)
    return DriverCards(
      cards: others, maker: others.isEmpty ? .unknown : .amd, source: "/sys/class/kfd")
  }

  /// `nil` where there is no such program, or its driver does not answer.
  private static func asked() -> [Card]? {
    let query = ["--query-gpu=index,uuid,name", "--format=csv,noheader"]
    guard OutsideProgram.find("nvidia-smi") != nil,
      let answer = try? OutsideProgram.ask(
        "nvidia-smi", query, seconds: Double(OutsideProgram.patience(usual: 20))),
      answer.status == 0
    else { return nil }
    let cards = answer.text.split(separator: "\n").compactMap { line -> Card? in
      let fields = line.split(separator: ",", maxSplits: 2).map { trimmed($0) }
      guard fields.count >= 2, Int(fields[0]) != nil else { return nil }
      return Card(
        name: fields[0], identity: fields[1], model: fields.count > 2 ? fields[2] : "")
    }
    return cards
  }

  private static func trimmed(_ text: Substring) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A folder a card, by its place on the bus, with a file that names it.
  private static func nvidia(_ root: String) -> [Card] {
    let folder = root + "/proc/driver/nvidia/gpus"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    return names.enumerated().map { index, name in
      let text = FileManager.default.contents(atPath: "\(folder)/\(name)/information") ?? Data()
      var found: [String: String] = [:]
      for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2 { found[trimmed(parts[0])] = trimmed(parts[1]) }
      }
      let uuid = found["GPU UUID"] ?? ""
      return Card(
        name: String(index), identity: uuid.hasPrefix("GPU-") ? uuid : "nvidia \(name)",
        model: found["Model"] ?? "")
    }
  }

  /// The nodes of the compute driver that are no processors.
  private static func amd(_ root: String) -> [Card] {
    let folder = root + "/sys/class/kfd/kfd/topology/nodes"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .compactMap { Int($0) }.sorted()
    let nodes = names.filter { node in
      let text = FileManager.default.contents(atPath: "\(folder)/\(node)/gpu_id") ?? Data()
      return (Int(String(decoding: text, as: UTF8.self).filter(\.isNumber)) ?? 0) != 0
    }
    return nodes.enumerated().map { index, node in
      Card(name: String(index), identity: "amd \(node)", model: "AMD card")
    }
  }

  /// The cards on which a process of another user computes.
  static func usedByOthers() -> Set<String> {
    let query = ["--query-compute-apps=gpu_uuid,pid", "--format=csv,noheader"]
    guard OutsideProgram.find("nvidia-smi") != nil,
      let answer = try? OutsideProgram.ask(
        "nvidia-smi", query, seconds: Double(OutsideProgram.patience(usual: 20))),
      answer.status == 0
    else { return [] }
    var found: Set<String> = []
    for line in answer.text.split(separator: "\n") {
      let fields = line.split(separator: ",").map { trimmed($0) }
      guard fields.count >= 2, let process = Int(fields[1]) else { continue }
      var status = stat()
      // One that is not to be seen is another's: a user sees all of his own.
      let isOwn = stat("/proc/\(process)", &status) == 0 && status.st_uid == getuid()
      if !isOwn { found.insert(fields[0]) }
    }
    return found
  }
}
