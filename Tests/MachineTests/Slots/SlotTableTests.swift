import Foundation
import Machine
import Testing
import Tracking

/// What several processes of a user hold of a machine.
@Suite struct SlotTableTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "labbook-slots-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  }

  private func take(_ thing: String, _ part: Int, of table: SlotTable) throws -> SlotHolder? {
    try table.take { held in
      (held[thing] ?? 0) + part <= SlotTable.whole ? [SlotTable.Share(thing, part: part)] : nil
    }
  }

  @Test func partsAddUpToAWholeAmongAllTables() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Two tables of one folder stand for two processes.
    let (a, b) = (SlotTable(folder: folder), SlotTable(folder: folder))
    let third = SlotTable.whole / 3
    let held = [
      try take("card x", third, of: a), try take("card x", third, of: b),
      try take("card x", third, of: a),
    ]
    #expect(held.allSatisfy { $0 != nil })
    #expect(try take("card x", third, of: b) == nil)
    #expect(try take("card y", SlotTable.whole, of: b) != nil)
    held[0]?.giveBack()
    #expect(try take("card x", third, of: b) != nil)
  }

  @Test func whatADeadProcessHeldIsFree() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // A file that nobody has locked is what a dead process leaves.
    try "\(SlotTable.whole) card x\n".write(
      toFile: folder + "/1-1-1.slot", atomically: false, encoding: .utf8)
    let table = SlotTable(folder: folder)
    let holder = try take("card x", SlotTable.whole, of: table)
    #expect(holder != nil)
    #expect(!FileManager.default.fileExists(atPath: folder + "/1-1-1.slot"))
    #expect(try take("card x", 1, of: table) == nil)
    holder?.giveBack()
    #expect(try take("card x", 1, of: table) != nil)
  }

  @Test func aHolderThatIsForgottenGivesBack() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let table = SlotTable(folder: folder)
    do { #expect(try take("core 0", SlotTable.whole, of: table) != nil) }
    #expect(try take("core 0", SlotTable.whole, of: table) != nil)
  }

  @Test func coresAreThoseThatNobodyHoldsAndNeverOnesOfThisProcess() {
    let held = [Cores.name(0): SlotTable.whole, Cores.name(1): SlotTable.whole]
    #expect(Cores.choose(2, of: [0, 1, 2, 3], own: [], held: held) == [2, 3])
    // Another process's are shared before a run waits.
    #expect(Cores.choose(3, of: [0, 1, 2, 3], own: [], held: held) == [0, 2, 3])
    #expect(Cores.choose(2, of: [0, 1, 2, 3], own: [2], held: held) == [0, 3])
    #expect(Cores.choose(2, of: [0, 1, 2], own: [1, 2], held: [:]) == nil)
  }

  private static let rooms: [(Double, Int, Int)] = [
    (0, 2, .max), (0.5, 2, 4), (0.3, 2, 6), (1.0 / 3, 1, 3), (0.6, 2, 2), (1, 2, 2), (2, 3, 1),
    (4, 2, 0), (0.5, 0, 0),
  ]

  @Test(arguments: rooms)
  func soManyRunsFindRoom(_ gpus: Double, _ cards: Int, _ runs: Int) {
    #expect(CardCount(gpus).runs(on: cards) == runs)
  }
}
