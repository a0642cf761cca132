import Foundation
import Machine
import Runs

/// How a program is told which cards are its own.
struct CardVariables {
  /// What stands in its environment, by name.
  let values: [String: String]
  /// What `{gpu}` stands for: the cards as `CUDA_VISIBLE_DEVICES` names them.
  let words: String

  private static let cuda = "CUDA_VISIBLE_DEVICES"
  private static let hip = "HIP_VISIBLE_DEVICES"
  private static let rocr = "ROCR_VISIBLE_DEVICES"

  /// - Parameters:
  ///   - gpus: what the file says; `nil` where it says nothing.
  ///   - cards: those that the run holds.
  init(gpus: Double?, _ cards: [Card], of machine: MachineCards, _ environment: [String: String]) {
    let names = cards.map(\.name).joined(separator: ",")
    guard !cards.isEmpty else {
      words = ""
      // An empty list hides all from CUDA and ROCm, and is none for HIP.
      values =
        gpus != nil || machine.hides ? [Self.cuda: "", Self.hip: "-1", Self.rocr: ""] : [:]
      return
    }
    if machine.maker == .amd {
      // ROCm hides first; what is left counts from 0 for HIP.
      let left = cards.indices.map(String.init).joined(separator: ",")
      words = left
      values = [Self.rocr: names, Self.hip: left, Self.cuda: left]
      return
    }
    words = names
    var values = [Self.cuda: names, Self.hip: names, Self.rocr: names]
    // The numbers are those of the bus, which CUDA goes by where it is told to.
    let areNumbers = cards.allSatisfy { Int($0.name) != nil }
    if areNumbers, environment[Self.cuda] == nil, environment["CUDA_DEVICE_ORDER"] == nil {
      values["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
    }
    self.values = values
  }
}
