import Foundation
import Machine
import Testing
import Tracking

/// Which cards there are, by the folders of drivers, by variables and by `--gpus`.
@Suite struct MachineCardsTests {
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "labbook-cards-" + UUID().uuidString
  }

  private func write(_ path: String, _ text: String) throws {
    let whole = root + path
    try FileManager.default.createDirectory(
      atPath: String(whole[..<(whole.lastIndex(of: "/") ?? whole.endIndex)]),
      withIntermediateDirectories: true)
    try text.write(toFile: whole, atomically: false, encoding: .utf8)
  }

  private func nvidia() throws {
    // As /proc of the driver has it.
    for (place, uuid) in [("0000:01:00.0", "GPU-aaaa-1"), ("0000:41:00.0", "GPU-bbbb-2")] {
      try write(
        "/proc/driver/nvidia/gpus/\(place)/information",
        "Model: \t\t NVIDIA A100\nIRQ:   \t\t 180\nGPU UUID: \t \(uuid)\nBus Location: \t \(place)\n"
      )
    }
  }

  private func find(
    _ asked: String? = nil, _ environment: [String: String] = [:]
  ) throws -> MachineCards {
    // Nobody is asked who is not there.
    try MachineCards.find(asked, environment: environment, root: root)
  }

  @Test func theDriverListsThem() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    try nvidia()
    let found = try find()
    #expect(found.cards.map(\.name) == ["0", "1"])
    #expect(found.cards.map(\.identity) == ["GPU-aaaa-1", "GPU-bbbb-2"])
    #expect(found.maker == .nvidia && found.hides)
  }

  @Test func processorsAmongTheNodesOfAMDAreNoCards() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    for (node, id) in [(0, "0"), (1, "37894"), (2, "50911")] {
      try write("/sys/class/kfd/kfd/topology/nodes/\(node)/gpu_id", id + "\n")
    }
    let found = try find()
    #expect(found.cards.map(\.name) == ["0", "1"] && found.maker == .amd)
  }

  @Test func theVariableNamesSomeOfThem() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    try nvidia()
    let one = try find(nil, ["CUDA_VISIBLE_DEVICES": "1"])
    #expect(one.cards.map(\.name) == ["1"] && one.cards[0].identity == "GPU-bbbb-2")
    // Under another name it is the same card.
    let named = try find(nil, ["CUDA_VISIBLE_DEVICES": "GPU-bbbb"])
    #expect(named.cards.map(\.name) == ["GPU-bbbb"] && named.cards[0].identity == "GPU-bbbb-2")
    // What stands behind one that is none is hidden, as CUDA has it.
    #expect(try find(nil, ["CUDA_VISIBLE_DEVICES": "0,-1,1"]).cards.map(\.name) == ["0"])
    #expect(try find(nil, ["CUDA_VISIBLE_DEVICES": ""]).cards.isEmpty)
  }

  @Test func aNumberCountsAndAListNames() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    try nvidia()
    #expect(try find("1").cards.map(\.name) == ["0"])
    #expect(try find("1,").cards.map(\.name) == ["1"])
    #expect(try find("1,0").cards.map(\.name) == ["1", "0"])
    #expect(try find("0").cards.isEmpty)
    #expect(try find("0").hides)
    for wrong in ["7", "3,", "0,0", "x", "-1", ""] {
      #expect(throws: LabbookError.self, "\(wrong)") { try find(wrong) }
    }
  }

  @Test func withoutADriverTheUserIsBelieved() throws {
    let found = try find("2")
    #expect(found.cards.map(\.name) == ["0", "1"])
    #expect(found.remark?.contains("at its word") == true)
    #expect(try find().cards.isEmpty)
    #expect(try !find().hides)
  }

  @Test func sharesFillOneCardBeforeTheNext() throws {
    let found = try find("2")
    let half = CardCount(0.5)
    #expect(found.choose(half, held: [:])?.map(\.name) == ["0"])
    #expect(found.choose(half, held: ["card 1": half.part])?.map(\.name) == ["1"])
    #expect(
      found.choose(half, held: ["card 0": SlotTable.whole, "card 1": SlotTable.whole]) == nil)
    #expect(found.choose(CardCount(2), held: ["card 1": 1]) == nil)
    #expect(found.choose(CardCount(2), held: [:])?.map(\.name) == ["0", "1"])
  }
}
